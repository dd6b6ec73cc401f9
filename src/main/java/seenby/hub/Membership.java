package seenby.hub;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.group.ReceiptPolicy;
import seenby.group.SharedNames;

/**
 * A group and the membership of one user in it, both at one moment.
 *
 * @param readsUpto all reads up to this number are taken into account in the standing. The group may be ahead: a look
 *     of another user moves it before the wakes of the same reads arrive
 */
public record Membership(GroupState group, Group.Standing standing, long readsUpto) {
    /** The memberships of a user as a look has found its groups. Leaves out groups that the user is not in. */
    public static SortedMap<GroupId, Membership> byGroup(Collection<Group> found, SharedNames names) {
        SortedMap<GroupId, Membership> memberships = new TreeMap<>();
        found.forEach(group -> group.standing().ifPresent(standing -> {
            GroupState state = group.state().withNames(names);
            memberships.put(state.id(), new Membership(state, standing, state.lastRead()));
        }));
        return memberships;
    }

    /** The number of the newest read that the user may see. */
    public long lastVisibleRead() {
        return group.receipts() == ReceiptPolicy.MEMBERS ? group.lastRead() : standing.lastReadOfOwn();
    }
}
