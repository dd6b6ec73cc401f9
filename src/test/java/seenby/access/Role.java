package seenby.access;

import java.util.Locale;

/** A kind of caller. */
enum Role {
    NONE,
    GARBAGE,
    /** Sends a token that was replaced. Its user is an admin and a member of the group. */
    REVOKED,
    OUTSIDER,
    MEMBER,
    /** Owns the group, and has sent its message. */
    OWNER,
    /** Is not a member of the group. */
    ADMIN,
    /** Was a member. May do what an outsider may, so the table has no column for it. */
    REMOVED;

    /** Whether the caller has a valid token. */
    boolean isKnown() {
        return this != NONE && this != GARBAGE && this != REVOKED;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
