package seenby.redis;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.group.Groups;
import seenby.group.Member;
import seenby.group.ReceiptPolicy;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.Caller;
import seenby.user.Name;
import seenby.user.UserId;

/**
 * Groups in Redis. The data of a group is authoritative, the index of groups follows it: the index is written before a
 * group or membership begins and after it has ended.
 */
public final class RedisGroups implements Groups {
    /** Joiners in one call of a script. */
    private static final int CHUNK = 1000;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Redis redis;
    private final Clock clock;
    private final GroupIndex index;
    private final UnreadCleanup unreadCleanup;
    private final GroupCleanup groupCleanup;

    /** @param archiveDeletion deletes the archive of a group; it gets the group and its incarnation */
    public RedisGroups(Redis redis, Clock clock, BiConsumer<GroupId, String> archiveDeletion) {
        this.redis = redis;
        this.clock = clock;
        this.index = new GroupIndex(redis);
        this.unreadCleanup = new UnreadCleanup(redis);
        this.groupCleanup = new GroupCleanup(redis, index, unreadCleanup, archiveDeletion);
    }

    /** The index is written again after the script, because a deletion of an earlier group may have removed it. */
    @Override
    public void create(GroupId id, Name name, ReceiptPolicy receipts, UserId owner, Map<UserId, Boolean> members) {
        index.addNew(id, members.keySet());
        List<String> args = new ArrayList<>(List.of(
                Long.toString(clock.millis()),
                incarnation(),
                owner.value(),
                name.value(),
                receipts.word(),
                redis.wakes(),
                id.value()));
        members.forEach((member, sendsReceipts) -> args.addAll(List.of(member.value(), flag(sendsReceipts))));
        try {
            Script.GROUP_CREATE.run(redis, Keys.ofMembership(id), args);
        } catch (Refused taken) {
            index.remove(id, members.keySet());
            throw taken;
        }
        index.addNew(id, members.keySet());
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
    public Set<GroupId> all() {
        return index.all();
    }

    @Override
    public List<Member> members(GroupId group, Caller caller) {
        return Script.GROUP_MEMBERS.run(
                redis,
                List.of(Keys.info(group), Keys.acks(group), Keys.members(group)),
                List.of(caller.id().value(), flag(caller.admin())),
                GroupReply::members);
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
                flag(caller.admin()),
                owner.map(UserId::value).orElse("")));
        name.ifPresent(to -> args.addAll(List.of("name", to.value())));
        receipts.ifPresent(to -> args.addAll(List.of("receipts", to.word())));
        Script.GROUP_CHANGE.run(redis, List.of(Keys.info(group), Keys.acks(group)), args);
    }

    /** The script refuses before it looks at the list of users, so it runs with an empty one. */
    @Override
    public void requireOwner(GroupId group, Caller caller) {
        runJoin(group, caller, List.of());
    }

    @Override
    public Set<UserId> join(GroupId group, Caller caller, Map<UserId, Boolean> users) {
        Set<UserId> added = new TreeSet<>();
        List<Map.Entry<UserId, Boolean>> joiners = List.copyOf(users.entrySet());
        for (int from = 0; from < joiners.size(); from += CHUNK) {
            added.addAll(join(group, caller, joiners.subList(from, Math.min(joiners.size(), from + CHUNK))));
        }
        return added;
    }

    /**
     * The index is written before the members, so that after a crash no member is missing in it. It is written again
     * after them, because an earlier membership that ends at the same time may have removed its entry.
     */
    private List<UserId> join(GroupId group, Caller caller, List<Map.Entry<UserId, Boolean>> joiners) {
        List<UserId> ids = joiners.stream().map(Map.Entry::getKey).toList();
        index.add(group, ids);
        try {
            List<UserId> added = runJoin(group, caller, joiners);
            index.add(group, ids);
            return added;
        } catch (Refused refused) {
            index.remove(group, ids);
            throw refused;
        }
    }

    private List<UserId> runJoin(GroupId group, Caller caller, List<Map.Entry<UserId, Boolean>> joiners) {
        List<String> args = new ArrayList<>(List.of(
                Long.toString(clock.millis()),
                caller.id().value(),
                flag(caller.admin()),
                redis.wakes(),
                group.value()));
        joiners.forEach(joiner -> args.addAll(List.of(joiner.getKey().value(), flag(joiner.getValue()))));
        return Script.GROUP_JOIN.run(
                redis, Keys.ofMembership(group), args, reply -> reply.rest(item -> new UserId(item.text())));
    }

    /** Corrects the index even if there is no such member: a join that lost a race may have written an entry. */
    @Override
    public void leave(GroupId group, Caller caller, UserId member) {
        try {
            end(group, caller, member, false);
        } finally {
            index.remove(group, List.of(member));
        }
    }

    @Override
    public void endPeriod(GroupId group, UserId member) {
        try {
            end(group, Caller.SERVER, member, true);
        } catch (Refused gone) {
            ignoreUnless(gone, Refusal.NO_MEMBER);
        }
    }

    @Override
    public void startPeriod(GroupId group, UserId member) {
        try {
            Script.GROUP_START_PERIOD.run(
                    redis,
                    List.of(
                            Keys.info(group),
                            Keys.acks(group),
                            Keys.ordinals(group),
                            Keys.roster(group),
                            Keys.spells(group)),
                    List.of(member.value()));
        } catch (Refused gone) {
            ignoreUnless(gone, Refusal.NOT_MEMBER);
        }
    }

    private static void ignoreUnless(Refused refused, Refusal expected) {
        if (refused.refusal() != expected && refused.refusal() != Refusal.NO_GROUP) {
            throw refused;
        }
    }

    private void end(GroupId group, Caller caller, UserId member, boolean stay) {
        long ordinal = Script.GROUP_LEAVE.run(
                redis,
                Keys.ofLeave(group),
                List.of(
                        caller.id().value(),
                        flag(caller.admin()),
                        member.value(),
                        flag(stay),
                        redis.wakes(),
                        group.value()),
                Reply::number);
        if (ordinal > 0) {
            unreadCleanup.clean(group, Long.toString(ordinal));
        }
    }

    @Override
    public void close(GroupId group, Caller caller, boolean withArchive) {
        Script.GROUP_CLOSE.run(
                redis,
                List.of(Keys.info(group), Keys.acks(group)),
                List.of(caller.id().value(), flag(caller.admin()), flag(withArchive), redis.wakes(), group.value()));
    }

    @Override
    public void delete(GroupId group) {
        groupCleanup.delete(group);
    }

    @Override
    public void resume() {
        groupCleanup.resume();
    }

    /** 40 random bits: enough to distinguish groups that had the same id one after another. */
    private static String incarnation() {
        return String.format("%010x", RANDOM.nextLong() & 0xffffffffffL);
    }

    private static String flag(boolean value) {
        return value ? "1" : "0";
    }
}
