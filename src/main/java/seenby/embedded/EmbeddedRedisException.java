package seenby.embedded;

/** The embedded Redis can't run. The message is one line for who starts the server: what is wrong, what to do. */
public final class EmbeddedRedisException extends RuntimeException {
    public EmbeddedRedisException(String message) {
        super(message);
    }

    EmbeddedRedisException(String message, Throwable cause) {
        super(message, cause);
    }
}
