package seenby.user;

/** Who asks: a user, and whether it is an admin. */
public record Caller(UserId id, boolean admin) {
    /** The server itself, when it finishes what a user began. */
    public static final Caller SERVER = new Caller(UserId.ADMIN, true);
}
