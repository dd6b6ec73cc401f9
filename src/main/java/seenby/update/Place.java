package seenby.update;

import java.util.stream.LongStream;
import seenby.group.GroupState;
import seenby.hub.Membership;

/**
 * The position of a reader in one group.
 *
 * @param incarnation distinguishes the group from a later one with the same id
 * @param id the last message that it has received
 * @param read the last read that it has received
 * @param nudge the last nudge that it has received
 */
record Place(String incarnation, long id, long read, long nudge) {
    /** Where a user has joined. */
    static Place ofJoin(Membership membership) {
        return new Place(
                membership.group().incarnation(),
                membership.standing().joinedAfter(),
                membership.standing().joinedAfterRead(),
                0);
    }

    /**
     * The start of a user without a position: after the cursor, with the reads from now on, and with all nudges, since
     * those are about unread messages.
     */
    static Place ofUnread(Membership membership) {
        GroupState group = membership.group();
        return new Place(group.incarnation(), membership.standing().lastAck(), group.lastRead(), 0);
    }

    /** The message, the read and the nudge. */
    LongStream numbers() {
        return LongStream.of(id, read, nudge);
    }

    boolean isIn(GroupState group) {
        return incarnation.equals(group.incarnation());
    }

    /** Whether it has more than the group, as only a store that was set back has. */
    boolean isAheadOf(GroupState group) {
        return isIn(group) && (id > group.lastId() || read > group.lastRead() || nudge > group.lastNudge());
    }

    Place atMessage(long newId) {
        return new Place(incarnation, newId, read, nudge);
    }

    Place atRead(long newRead) {
        return new Place(incarnation, id, newRead, nudge);
    }

    Place atNudge(long newNudge) {
        return new Place(incarnation, id, read, newNudge);
    }
}
