package seenby.config;

/** What the server was told can't be followed. The message is one line that says which key, from where, and what it takes. */
public final class ConfigException extends RuntimeException {
    public ConfigException(String message) {
        super(message);
    }
}
