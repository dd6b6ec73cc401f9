package seenby.config;

/** The server can't do as it was told. The message is one line: which key, from where, and what it takes. */
public final class ConfigException extends RuntimeException {
    public ConfigException(String message) {
        super(message);
    }
}
