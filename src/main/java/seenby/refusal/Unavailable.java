package seenby.refusal;

/** Storage or the server cannot do this now. Not the client's mistake. */
public final class Unavailable extends RuntimeException {
    private final Outage outage;

    /** What a client can still do. */
    public enum Outage {
        /** Nothing: storage does not answer, or the server is stopping. */
        AWAY,
        /** Read: storage refuses every change. */
        READ_ONLY,
        /** Read, and delete groups: storage has no room for more. */
        FULL
    }

    public Unavailable(String message) {
        this(Outage.AWAY, message);
    }

    public Unavailable(String message, Throwable cause) {
        this(Outage.AWAY, message, cause);
    }

    /** @param message a line for the operator */
    public Unavailable(Outage outage, String message) {
        super(message);
        this.outage = outage;
    }

    /** @param message a line for the operator */
    public Unavailable(Outage outage, String message, Throwable cause) {
        super(message, cause);
        this.outage = outage;
    }

    public Outage outage() {
        return outage;
    }
}
