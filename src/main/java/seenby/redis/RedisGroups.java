package seenby.redis;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.group.Groups;
import seenby.group.Member;
import seenby.group.ReceiptPolicy;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.refusal.Unavailable;
import seenby.user.Caller;
import seenby.user.Name;
import seenby.user.UserId;

/**
 * Groups in Redis. The data of a group is authoritative, the index of groups follows it: the index is written before a
 * group begins and after it has ended.
 */
public final class RedisGroups implements Groups {
    private final Redis redis;
    private final Clock clock;
    private final GroupIndex index;
    private final GroupMembers memberships;
    private final GroupCleanup groupCleanup;

    /** @param archiveDeletion deletes the archive of a group; it gets the group and its incarnation */
    public RedisGroups(Redis redis, Clock clock, BiConsumer<GroupId, String> archiveDeletion) {
        this.redis = redis;
        this.clock = clock;
        this.index = new GroupIndex(redis);
        UnreadCleanup unreadCleanup = new UnreadCleanup(redis);
        this.memberships = new GroupMembers(redis, clock, index, unreadCleanup);
        this.groupCleanup = new GroupCleanup(redis, index, unreadCleanup, archiveDeletion);
    }

    /** The index is written again after the script, because a deletion of an earlier group may have removed it. */
    @Override
    public void create(GroupId id, Name name, ReceiptPolicy receipts, UserId owner, Map<UserId, Boolean> members) {
        index.addNew(id, members.keySet());
        String now = Long.toString(clock.millis());
        String incarnation = Group.newIncarnation();
        List<String> args = List.of(
                now,
                incarnation,
                owner.value(),
                name.value(),
                receipts.word(),
                redis.wakes(),
                id.value(),
                Integer.toString(members.size()),
                members.keySet().stream().map(UserId::value).collect(Collectors.joining(",")));
        try {
            memberships.prepare(id, incarnation, now, members);
            requireCreated(id, Script.GROUP_CREATE.run(redis, creationKeys(id, incarnation), args, Reply::flag));
        } catch (Refused taken) {
            index.remove(id, members.keySet());
            throw taken;
        }
        index.addNew(id, members.keySet());
    }

    static List<String> creationKeys(GroupId id, String incarnation) {
        List<String> prepared = Keys.ofNewMembers(id, incarnation);
        List<String> own = Keys.ofMembership(id);
        List<String> keys = new ArrayList<>(List.of(Keys.info(id), prepared.get(0), prepared.get(2)));
        for (int i = 0; i < prepared.size(); i++) {
            keys.addAll(List.of(prepared.get(i), own.get(i + 1)));
        }
        return keys;
    }

    private static void requireCreated(GroupId id, boolean created) {
        if (!created) {
            throw new Unavailable("Redis was so slow that the members of the new group " + id + " have expired.");
        }
    }

    @Override
    public Group get(GroupId group, UserId user) {
        return get(List.of(group), user).stream().findFirst().orElseThrow(() -> new Refused(Refusal.NO_GROUP));
    }

    @Override
    public List<Group> get(Collection<GroupId> groups, UserId user) {
        Map<GroupId, Group> found = Script.GROUP_GET.runEach(
                redis,
                List.copyOf(groups),
                id -> new Script.Call(
                        List.of(Keys.info(id), Keys.acks(id), Keys.members(id), Keys.heard(id)), List.of(user.value())),
                Refusal.NO_GROUP,
                GroupReply::group);
        return List.copyOf(found.values());
    }

    @Override
    public Set<GroupId> idsOf(UserId user) {
        return index.groupsOf(user);
    }

    @Override
    public Map<UserId, Long> counts(Collection<UserId> users) {
        return index.counts(users);
    }

    @Override
    public Set<GroupId> all() {
        return index.all();
    }

    @Override
    public List<Member> members(GroupId group, Caller caller) {
        return memberships.list(group, caller);
    }

    @Override
    public void change(
            GroupId group,
            Caller caller,
            Optional<Name> name,
            Optional<ReceiptPolicy> receipts,
            Optional<UserId> owner) {
        List<String> args = new ArrayList<>(List.of(
                caller.id().value(),
                Script.flag(caller.admin()),
                owner.map(UserId::value).orElse(""),
                redis.wakes(),
                group.value()));
        name.ifPresent(to -> args.addAll(List.of("name", to.value())));
        receipts.ifPresent(to -> args.addAll(List.of("receipts", to.word())));
        Script.GROUP_CHANGE.run(redis, List.of(Keys.info(group), Keys.acks(group)), args);
    }

    @Override
    public void requireOwner(GroupId group, Caller caller) {
        memberships.requireOwner(group, caller);
    }

    @Override
    public Set<UserId> join(GroupId group, Caller caller, Map<UserId, Boolean> users) {
        return memberships.join(group, caller, users);
    }

    @Override
    public void leave(GroupId group, Caller caller, UserId member) {
        memberships.leave(group, caller, member);
    }

    @Override
    public void endPeriod(GroupId group, UserId member) {
        memberships.endPeriod(group, member);
    }

    @Override
    public void startPeriod(GroupId group, UserId member) {
        memberships.startPeriod(group, member);
    }

    @Override
    public void close(GroupId group, Caller caller, boolean withArchive) {
        Script.GROUP_CLOSE.run(
                redis,
                List.of(Keys.info(group), Keys.acks(group)),
                List.of(
                        caller.id().value(),
                        Script.flag(caller.admin()),
                        Script.flag(withArchive),
                        redis.wakes(),
                        group.value()));
    }

    @Override
    public void delete(GroupId group) {
        groupCleanup.delete(group);
    }

    @Override
    public void correctIndex(GroupId group, UserId user) {
        index.add(group, List.of(user));
        index.remove(group, List.of(user));
    }

    @Override
    public void resume() {
        groupCleanup.resume();
    }
}
