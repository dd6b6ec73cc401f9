package seenby.hub;

import seenby.group.Group;
import seenby.group.GroupState;
import seenby.group.ReceiptPolicy;

/**
 * A group and the membership of one user in it, both at one moment.
 *
 * @param readsUpto all reads up to this number are taken into account in the standing. The group may be ahead: a look of
 *     another user moves it before the wakes of the same reads arrive
 */
public record Membership(GroupState group, Group.Standing standing, long readsUpto) {
    /** As a look has found it. */
    public static Membership of(GroupState group, Group.Standing standing) {
        return new Membership(group, standing, group.lastRead());
    }

    /** The number of the newest read that the user may see. */
    public long lastVisibleRead() {
        return group.receipts() == ReceiptPolicy.MEMBERS ? group.lastRead() : standing.lastReadOfOwn();
    }
}
