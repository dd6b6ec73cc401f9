package seenby.redis;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import seenby.group.GroupId;
import seenby.user.UserId;

/** The index of groups and of their members. It may name too many after a crash, never too few. */
final class GroupIndex {
    private final Redis redis;

    GroupIndex(Redis redis) {
        this.redis = redis;
    }

    Set<GroupId> all() {
        return ids(redis.read(jedis -> jedis.smembers(Keys.GROUPS)));
    }

    Set<GroupId> groupsOf(UserId user) {
        return ids(redis.read(jedis -> jedis.smembers(Keys.groupsOf(user))));
    }

    /** The same of many users. */
    Map<UserId, Set<GroupId>> groupsOf(Collection<UserId> users) {
        Map<UserId, Set<GroupId>> groups = new HashMap<>();
        redis.readByItem(users, (pipeline, user) -> pipeline.smembers(Keys.groupsOf(user)))
                .forEach((user, ids) -> groups.put(user, ids(ids)));
        return groups;
    }

    Map<UserId, Long> counts(Collection<UserId> users) {
        return redis.readByItem(users, (pipeline, user) -> pipeline.scard(Keys.groupsOf(user)));
    }

    private static Set<GroupId> ids(Set<String> ids) {
        return ids.stream().map(GroupId::new).collect(Collectors.toCollection(TreeSet::new));
    }

    void addNew(GroupId group, Collection<UserId> members) {
        add(group);
        add(group, members);
    }

    private void add(GroupId group) {
        redis.write(jedis -> jedis.sadd(Keys.GROUPS, group.value()));
    }

    /** Removes a group, unless it was created again in the meantime. */
    void remove(GroupId group) {
        redis.write(jedis -> jedis.srem(Keys.GROUPS, group.value()));
        if (redis.read(jedis -> jedis.exists(Keys.info(group)))) {
            add(group);
        }
    }

    void add(GroupId group, Collection<UserId> users) {
        redis.writeEach(users, (pipeline, user) -> pipeline.sadd(Keys.groupsOf(user), group.value()));
    }

    /**
     * Removes the group from users that are not members, and looks again: one of them may have joined in the meantime.
     */
    void remove(GroupId group, Collection<UserId> users) {
        List<UserId> gone = membersAmong(group, users, false);
        redis.writeEach(gone, (pipeline, user) -> pipeline.srem(Keys.groupsOf(user), group.value()));
        add(group, membersAmong(group, gone, true));
    }

    private List<UserId> membersAmong(GroupId group, Collection<UserId> users, boolean members) {
        return redis
                .readByItem(users, (pipeline, user) -> pipeline.hexists(Keys.acks(group), user.value()))
                .entrySet()
                .stream()
                .filter(answer -> answer.getValue() == members)
                .map(Map.Entry::getKey)
                .toList();
    }
}
