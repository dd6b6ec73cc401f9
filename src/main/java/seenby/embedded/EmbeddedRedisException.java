package seenby.embedded;

/** The embedded Redis cannot run. The message is one line for the operator: what happened and what to do. */
public final class EmbeddedRedisException extends RuntimeException {
    public EmbeddedRedisException(String message) {
        super(message);
    }

    EmbeddedRedisException(String message, Throwable cause) {
        super(message, cause);
    }
}
