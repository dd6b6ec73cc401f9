package seenby.redis;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import seenby.group.GroupId;
import seenby.hub.Audit;
import seenby.user.UserId;

/** What Redis has of groups and users, to compare it with the memory of a server. */
public final class RedisAudit implements Audit.Store {
    private final Redis redis;

    public RedisAudit(Redis redis) {
        this.redis = redis;
    }

    @Override
    public Map<GroupId, Version> versions(Collection<GroupId> groups) {
        List<GroupId> asked = List.copyOf(groups);
        List<List<String>> answers = redis.each(
                asked, (pipeline, group) -> pipeline.hmget(Keys.info(group), "incarnation", "seq", "deleting"));
        Map<GroupId, Version> versions = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            List<String> fields = answers.get(i);
            boolean exists = fields.get(0) != null && fields.get(2) == null;
            long seq = fields.get(1) == null ? 0 : Long.parseLong(fields.get(1));
            versions.put(asked.get(i), exists ? new Version(fields.get(0), seq) : new Version("", 0));
        }
        return versions;
    }

    @Override
    public Map<UserId, Set<GroupId>> groupsOf(Collection<UserId> users) {
        List<UserId> asked = List.copyOf(users);
        List<Set<String>> answers = redis.each(asked, (pipeline, user) -> pipeline.smembers(Keys.groupsOf(user)));
        Map<UserId, Set<GroupId>> groups = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            groups.put(asked.get(i), answers.get(i).stream().map(GroupId::new).collect(Collectors.toSet()));
        }
        return groups;
    }
}
