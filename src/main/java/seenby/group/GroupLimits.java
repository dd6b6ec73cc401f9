package seenby.group;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.Caller;
import seenby.user.UserId;

/**
 * How many groups a user may be in, and how many members a group may have, so that nobody fills the store alone. Calls
 * at the same time may exceed it by some.
 *
 * @param perUser groups of a user; 0 = no limit
 * @param members members of a group; 0 = no limit
 */
public record GroupLimits(int perUser, int members) {
    /** No limits. */
    public static final GroupLimits NONE = new GroupLimits(0, 0);

    /** Refuses to begin a group with these members: with {@code GROUPS_FULL} or {@code MEMBERS_FULL}. */
    void requireRoom(Groups groups, GroupId group, Collection<UserId> all) {
        requireMembers(all.size());
        requireGroups(groups, group, all);
    }

    /** Refuses to add these users to a group in the same way. Who is a member already needs no room. */
    void requireRoom(Groups groups, GroupId group, Caller caller, Collection<UserId> joiners) {
        requireGroups(groups, group, joiners);
        if (members > 0 && groups.get(group, caller.id()).members() + joiners.size() > members) {
            Set<UserId> after = new HashSet<>(joiners);
            groups.members(group, caller).forEach(member -> after.add(member.id()));
            requireMembers(after.size());
        }
    }

    private void requireMembers(long count) {
        if (members > 0 && count > members) {
            throw new Refused(
                    Refusal.MEMBERS_FULL,
                    "The group would have %d members, and may have %d. Remove some first, or add fewer."
                            .formatted(count, members));
        }
    }

    private void requireGroups(Groups groups, GroupId group, Collection<UserId> joiners) {
        if (perUser == 0) {
            return;
        }
        List<String> full = groups.counts(joiners).entrySet().stream()
                .filter(user -> user.getValue() >= perUser)
                .map(Map.Entry::getKey)
                .filter(user ->
                        !user.equals(UserId.ADMIN) && !groups.idsOf(user).contains(group))
                .map(UserId::value)
                .sorted()
                .toList();
        if (!full.isEmpty()) {
            throw new Refused(
                    Refusal.GROUPS_FULL,
                    "In %d groups, as many as a user may be in: %s. Leave a group first, or delete one."
                            .formatted(perUser, String.join(", ", full)));
        }
    }
}
