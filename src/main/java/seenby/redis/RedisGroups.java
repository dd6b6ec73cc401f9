package seenby.redis;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

/** Groups in Redis: the group is the truth, and is written first where it ends, last where it begins. */
public final class RedisGroups implements Groups {
    /** Joiners, ids or numbers in one call of a script. */
    private static final int CHUNK = 1000;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Redis redis;
    private final Clock clock;

    public RedisGroups(Redis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    @Override
    public void create(GroupId id, Name name, ReceiptPolicy receipts, UserId owner, boolean owes) {
        redis.call(jedis -> jedis.sadd(Keys.GROUPS, id.value()));
        index(id, List.of(owner));
        List<String> args = List.of(
                Long.toString(clock.millis()),
                incarnation(),
                owner.value(),
                flag(owes),
                name.value(),
                receipts.word(),
                Keys.WAKES,
                id.value());
        try {
            Script.GROUP_CREATE.run(redis, memberKeys(id), args);
        } catch (Refused taken) {
            unindex(id, List.of(owner));
            throw taken;
        }
    }

    /** The keys that a membership begins in. */
    private static List<String> memberKeys(GroupId group) {
        return List.of(
                Keys.info(group),
                Keys.acks(group),
                Keys.members(group),
                Keys.ordinals(group),
                Keys.roster(group),
                Keys.spells(group));
    }

    @Override
    public Group look(GroupId group, UserId user) {
        return look(List.of(group), user).stream().findFirst().orElseThrow(() -> new Refused(Refusal.NO_GROUP));
    }

    @Override
    public List<Group> look(Collection<GroupId> groups, UserId user) {
        List<GroupId> ids = List.copyOf(groups);
        List<Script.Call> calls = ids.stream()
                .map(id -> new Script.Call(
                        List.of(Keys.info(id), Keys.acks(id), Keys.members(id), Keys.heard(id)), List.of(user.value())))
                .toList();
        List<Object> answers = Script.GROUP_LOOK.runEach(redis, calls);
        List<Group> found = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            if (!Reply.isNoGroup(answers.get(i))) {
                found.add(group(ids.get(i), Reply.of(answers.get(i))));
            }
        }
        return found;
    }

    private static Group group(GroupId id, Reply reply) {
        return new Group(
                id,
                reply.text(0),
                reply.text(1),
                new UserId(reply.text(2)),
                reply.time(3),
                ReceiptPolicy.parse(reply.text(4)).orElseThrow(),
                reply.number(5),
                reply.number(6),
                (int) reply.number(8),
                reply.number(7),
                standing(reply));
    }

    private static Optional<Group.Standing> standing(Reply reply) {
        return reply.size() <= 9
                ? Optional.empty()
                : Optional.of(
                        new Group.Standing(reply.number(9), reply.number(11), reply.number(12), reply.number(13)));
    }

    @Override
    public Set<GroupId> idsOf(UserId user) {
        return groupIds(redis.call(jedis -> jedis.smembers(Keys.groupsOf(user))));
    }

    @Override
    public Set<GroupId> all() {
        return groupIds(redis.call(jedis -> jedis.smembers(Keys.GROUPS)));
    }

    private static Set<GroupId> groupIds(Set<String> ids) {
        return ids.stream().map(GroupId::new).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public List<Member> members(GroupId group, Caller caller) {
        Reply reply = Script.GROUP_MEMBERS.run(
                redis,
                List.of(Keys.info(group), Keys.acks(group), Keys.members(group)),
                List.of(caller.id().value(), flag(caller.admin())));
        String owner = reply.text(0);
        List<Member> members = new ArrayList<>();
        for (int i = 1; i < reply.size(); i += 2) {
            String id = reply.text(i);
            String fields = reply.text(i + 1);
            Instant joinedAt = Instant.ofEpochMilli(Long.parseLong(fields.substring(0, fields.indexOf(' '))));
            members.add(new Member(new UserId(id), id.equals(owner), joinedAt));
        }
        members.sort(java.util.Comparator.comparing(Member::id));
        return members;
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

    /**
     * The index of the joiners is written before, so that a crash leaves no member without it, and again after, so that
     * the end of an earlier membership under way does not take it back.
     */
    @Override
    public Set<UserId> join(GroupId group, Caller caller, Map<UserId, Boolean> users) {
        Set<UserId> added = new TreeSet<>();
        List<Map.Entry<UserId, Boolean>> joiners = List.copyOf(users.entrySet());
        for (int from = 0; from < joiners.size(); from += CHUNK) {
            List<Map.Entry<UserId, Boolean>> chunk = joiners.subList(from, Math.min(joiners.size(), from + CHUNK));
            List<UserId> ids = chunk.stream().map(Map.Entry::getKey).toList();
            index(group, ids);
            try {
                added.addAll(joinChunk(group, caller, chunk));
            } catch (Refused refused) {
                unindex(group, ids);
                throw refused;
            }
            index(group, ids);
        }
        return added;
    }

    private List<UserId> joinChunk(GroupId group, Caller caller, List<Map.Entry<UserId, Boolean>> joiners) {
        List<String> args = new ArrayList<>(List.of(
                Long.toString(clock.millis()), caller.id().value(), flag(caller.admin()), Keys.WAKES, group.value()));
        joiners.forEach(joiner -> args.addAll(List.of(joiner.getKey().value(), flag(joiner.getValue()))));
        return Script.GROUP_JOIN.run(redis, memberKeys(group), args).textsFrom(0).stream()
                .map(UserId::new)
                .toList();
    }

    /** The index is put right also where there is no such member: a joining that was overtaken may have written it. */
    @Override
    public void leave(GroupId group, Caller caller, UserId member) {
        try {
            end(group, caller, member, false);
        } finally {
            unindex(group, List.of(member));
        }
    }

    @Override
    public void stopOwing(GroupId group, UserId member) {
        try {
            end(group, Caller.SERVER, member, true);
        } catch (Refused gone) {
            ignoreUnless(gone, Refusal.NO_MEMBER);
        }
    }

    @Override
    public void startOwing(GroupId group, UserId member) {
        try {
            Script.GROUP_OWE.run(
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
        long ordinal = Script.GROUP_LEAVE
                .run(
                        redis,
                        List.of(
                                Keys.info(group),
                                Keys.acks(group),
                                Keys.members(group),
                                Keys.ordinals(group),
                                Keys.roster(group),
                                Keys.spells(group),
                                Keys.leaving(group)),
                        List.of(
                                caller.id().value(),
                                flag(caller.admin()),
                                member.value(),
                                flag(stay),
                                Keys.WAKES,
                                group.value()))
                .number(0);
        if (ordinal > 0) {
            tidy(group, Long.toString(ordinal));
        }
    }

    private void tidy(GroupId group, String ordinal) {
        long remaining;
        do {
            remaining = Script.GROUP_TIDY
                    .run(
                            redis,
                            List.of(Keys.leaving(group), Keys.left(group)),
                            List.of(ordinal, Keys.unreadPrefix(group), Integer.toString(CHUNK)))
                    .number(0);
        } while (remaining > 0);
    }

    @Override
    public void close(GroupId group, Caller caller) {
        Script.GROUP_CLOSE.run(
                redis,
                List.of(Keys.info(group), Keys.acks(group)),
                List.of(caller.id().value(), flag(caller.admin()), Keys.WAKES, group.value()));
    }

    @Override
    public void erase(GroupId group) {
        Set<String> members = redis.call(jedis -> jedis.hkeys(Keys.members(group)));
        redis.each(members, (pipeline, uid) -> pipeline.srem(Keys.groupsOf(new UserId(uid)), group.value()));
        List<String> keys = Stream.concat(
                        memberKeys(group).stream(),
                        Stream.of(
                                Keys.leaving(group),
                                Keys.left(group),
                                Keys.messages(group),
                                Keys.receipts(group),
                                Keys.reads(group),
                                Keys.heard(group),
                                Keys.readOne(group),
                                Keys.sent(group),
                                Keys.sentBefore(group)))
                .toList();
        long remaining;
        do {
            remaining = Script.GROUP_ERASE
                    .run(
                            redis,
                            keys,
                            List.of(Keys.unreadPrefix(group), Keys.readAtPrefix(group), Integer.toString(CHUNK)))
                    .number(0);
        } while (remaining > 0);
        redis.call(jedis -> jedis.srem(Keys.GROUPS, group.value()));
        if (redis.call(jedis -> jedis.exists(Keys.info(group)))) {
            redis.call(jedis -> jedis.sadd(Keys.GROUPS, group.value())); // made again meanwhile
        }
    }

    @Override
    public void resume() {
        for (GroupId group : all()) {
            if (redis.call(jedis -> jedis.hexists(Keys.info(group), "deleting"))) {
                erase(group);
            } else {
                redis.call(jedis -> jedis.hkeys(Keys.leaving(group))).forEach(ordinal -> tidy(group, ordinal));
            }
        }
    }

    private void index(GroupId group, Collection<UserId> users) {
        redis.each(users, (pipeline, user) -> pipeline.sadd(Keys.groupsOf(user), group.value()));
    }

    /** Takes out of the index who is no member, and looks again: one of them may have joined meanwhile. */
    private void unindex(GroupId group, Collection<UserId> users) {
        List<UserId> gone = membersAmong(group, users, false);
        redis.each(gone, (pipeline, user) -> pipeline.srem(Keys.groupsOf(user), group.value()));
        index(group, membersAmong(group, gone, true));
    }

    private List<UserId> membersAmong(GroupId group, Collection<UserId> users, boolean members) {
        List<UserId> asked = List.copyOf(users);
        List<Boolean> answers = redis.each(asked, (pipeline, user) -> pipeline.hexists(Keys.acks(group), user.value()));
        return IntStream.range(0, asked.size())
                .filter(i -> answers.get(i) == members)
                .mapToObj(asked::get)
                .toList();
    }

    /** 40 random bits: enough to tell the groups that one id was given to one after another. */
    private static String incarnation() {
        return String.format("%010x", RANDOM.nextLong() & 0xffffffffffL);
    }

    private static String flag(boolean value) {
        return value ? "1" : "0";
    }
}
