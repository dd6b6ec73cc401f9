package seenby.user;

/** The user who sends a request, and whether it is an admin. */
public record Caller(UserId id, boolean admin) {
    /** The server itself, when it finishes the work of a request. */
    public static final Caller SERVER = new Caller(UserId.ADMIN, true);
}
