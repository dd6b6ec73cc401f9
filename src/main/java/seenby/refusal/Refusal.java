package seenby.refusal;

/** Everything a client may be refused. Scripts answer with these names; {@code http} maps each to its problem. */
public enum Refusal {
    /** Not JSON, not UTF-8, or a query value that is no number where one is due. */
    MALFORMED,
    /** A value out of its bounds or of the wrong type. */
    INVALID,
    TOO_LARGE,
    UNSUPPORTED_MEDIA_TYPE,
    UNAUTHORIZED,
    RATE_LIMITED,
    /** The caller needs to be an admin. */
    NOT_ADMIN,
    /** The caller needs to be the group's owner or an admin. */
    NOT_OWNER,
    /** Only the message's sender may see its receipts. */
    NOT_SENDER,
    /** Only the message's sender or the group's owner may remind of it. */
    NOT_IN_CHARGE,
    /** The server's configuration locks the choice. */
    LOCKED,
    NO_USER,
    /** Told apart from {@link #NOT_MEMBER} by nobody outside. */
    NO_GROUP,
    NOT_MEMBER,
    /** The member that a request names is none. */
    NO_MEMBER,
    NO_MESSAGE,
    /** The message was sent while receipts were off. */
    NO_RECEIPTS,
    /** The message's receipts are archived. */
    FROZEN,
    /** The message was nudged a short while ago. */
    NUDGED,
    USER_TAKEN,
    GROUP_TAKEN,
    /** The client id was used for another text. */
    OTHER_TEXT,
    OWNER_STAYS,
    ADMIN_STAYS,
    OWNER_NOT_MEMBER,
    /** An ack beyond the group's last message. */
    BEYOND_LAST
}
