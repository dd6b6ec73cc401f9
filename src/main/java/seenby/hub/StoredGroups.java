package seenby.hub;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import seenby.group.GroupId;
import seenby.user.UserId;

/** The data in the store that an audit compares. */
public interface StoredGroups {
    /**
     * The version of a group.
     *
     * @param incarnation empty if there is no such group
     */
    record Version(String incarnation, long seq) {}

    /** The versions of groups, in one trip. */
    Map<GroupId, Version> versions(Collection<GroupId> groups);

    /** The groups that each user may be a member of, in one trip. */
    Map<UserId, Set<GroupId>> groupsOf(Collection<UserId> users);
}
