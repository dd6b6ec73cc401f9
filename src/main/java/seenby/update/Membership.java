package seenby.update;

import seenby.group.Group;
import seenby.group.GroupState;
import seenby.group.ReceiptPolicy;

/** A group and the membership of one user in it, both at one moment. */
record Membership(GroupState group, Group.Standing standing) {
    /** The place of a user who begins where it has joined. */
    Place start() {
        return new Place(group.incarnation(), standing.joinedAfter(), standing.joinedAfterRead(), 0);
    }

    /**
     * The place of a user without a position: after the cursor, with the reads from now on, and with all nudges, since
     * those are about unread messages.
     */
    Place unread() {
        return new Place(group.incarnation(), standing.lastAck(), group.lastRead(), 0);
    }

    boolean hasMessagesAfter(Place place) {
        return place.id() < group.lastId();
    }

    /** Whether there may be reads that the user may see. */
    boolean hasReadsAfter(Place place) {
        long newest = group.receipts() == ReceiptPolicy.MEMBERS ? group.lastRead() : standing.lastReadOfOwn();
        return newest > place.read();
    }

    /** Whether there are nudges; they may be for others. */
    boolean hasNudgesAfter(Place place) {
        return group.lastNudge() > place.nudge();
    }
}
