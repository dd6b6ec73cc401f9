package seenby.refusal;

/** The store is away, refuses writes or is still loading, or the server is shutting down: not the client's mistake. */
public final class Unavailable extends RuntimeException {
    public Unavailable(String message) {
        super(message);
    }

    public Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
