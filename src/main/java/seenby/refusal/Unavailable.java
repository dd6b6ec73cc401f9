package seenby.refusal;

/** Storage does not answer, refuses writes or is still loading, or the server is stopping. Not the client's mistake. */
public final class Unavailable extends RuntimeException {
    public Unavailable(String message) {
        super(message);
    }

    public Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
