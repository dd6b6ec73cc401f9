package seenby.config;

/** A bad configuration or command line. The message is one line: which key, where it came from, and what it takes. */
public final class ConfigException extends RuntimeException {
    public ConfigException(String message) {
        super(message);
    }
}
