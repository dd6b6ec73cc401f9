package seenby.refusal;

/** The reasons to refuse a client. Scripts answer with these names; {@code ProblemType} has the problem for each. */
public enum Refusal {
    /** The request is not JSON, not UTF-8, or has text in place of a number in its query. */
    MALFORMED,
    /** A value is out of bounds or has the wrong type. */
    INVALID,
    TOO_LARGE,
    UNSUPPORTED_MEDIA_TYPE,
    UNAUTHORIZED,
    /** A page of another website has used the token that the browser keeps for this one. */
    CROSS_SITE,
    RATE_LIMITED,
    /** Too many requests with a wrong token came from one address. */
    WRONG_TOKENS,
    /** Too many polls, streams and waits of the user are open. */
    POLLS_OPEN,
    /** The caller needs to be an admin. */
    NOT_ADMIN,
    /** The caller needs to be the group's owner or an admin. */
    NOT_OWNER,
    /** Only the message's sender may see its receipts. */
    NOT_SENDER,
    /** Only the message's sender or the group's owner may send a reminder of it. */
    NOT_IN_CHARGE,
    /** The server's configuration locks the setting. */
    LOCKED,
    NO_USER,
    /** Clients cannot tell this from {@link #NOT_MEMBER}. */
    NO_GROUP,
    NOT_MEMBER,
    /** The request names a user who is not a member. */
    NO_MEMBER,
    NO_MESSAGE,
    /** The message was sent while receipts were off. */
    NO_RECEIPTS,
    /** The message's receipts are archived. */
    FROZEN,
    /** A reminder of the message was sent a short while ago. */
    NUDGED,
    USER_TAKEN,
    /** The id belonged to a user that was deleted. */
    USER_DELETED,
    GROUP_TAKEN,
    /** A user would be in more groups than one may be in. */
    GROUPS_FULL,
    /** A group would have more members than one may have. */
    MEMBERS_FULL,
    /** The client id belongs to a message with another text. */
    OTHER_TEXT,
    OWNER_STAYS,
    ADMIN_STAYS,
    OWNER_NOT_MEMBER,
    /** An ack beyond the group's last message. */
    BEYOND_LAST
}
