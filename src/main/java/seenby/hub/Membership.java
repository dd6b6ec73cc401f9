package seenby.hub;

import seenby.group.Group;
import seenby.group.GroupState;
import seenby.group.ReceiptPolicy;

/** A group and the membership of one user in it, both at one moment. */
public record Membership(GroupState group, Group.Standing standing) {
    /** The number of the newest read that the user may see. */
    public long lastVisibleRead() {
        return group.receipts() == ReceiptPolicy.MEMBERS ? group.lastRead() : standing.lastReadOfOwn();
    }
}
