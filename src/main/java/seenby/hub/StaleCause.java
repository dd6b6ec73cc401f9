package seenby.hub;

/** Why this instance no longer trusts what it knows of a group, so that the polls of the group look at the store. */
public enum StaleCause {
    /** A wake before this one is missing. */
    GAP,
    /** The group was deleted, and another one has its id. */
    INCARNATION,
    /** The group was deleted. */
    DELETED,
    /** The wake is of another version. */
    UNKNOWN_WAKE,
    /** The store differed for a second, so a wake was lost, or the group was set back. */
    AUDIT,
    /** The subscription was lost or silent, or a wake could not be read. */
    SUBSCRIPTION,
    /** The whole store was set back. */
    SET_BACK
}
