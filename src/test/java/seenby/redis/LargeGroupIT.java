package seenby.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seenby.group.GroupId;
import seenby.measurement.SlowLog;
import seenby.receipt.GroupAck;
import seenby.support.TestRedis;
import seenby.user.Caller;
import seenby.user.UserId;

/** In a group with many members and messages, no script keeps Redis from serving others for long. */
class LargeGroupIT {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final Duration LONG = Duration.ofMillis(5);

    /** A busy machine makes some runs slow, but not most of them in each try. */
    private static final int TRIES = 20;

    private static final int MESSAGES = 1000;
    private static final UserId ANN = new UserId("ann");
    private static final UserId[] MEMBERS = users("member-", 10_000);
    private static final GroupId LARGE = new GroupId("large");

    /** Its messages are read by all. */
    private static final GroupId READ = new GroupId("read");

    /** All its receipt periods are read at once. */
    private static final GroupId THOUSAND = new GroupId("thousand");

    /** Its members have acked each message alone. */
    private static final GroupId ALONE = new GroupId("alone");

    private static final int MESSAGES_ALONE = 200;

    /** The message of the large group that all its members have acked alone. */
    private static final int ID_ALONE = 2;

    private static final GroupId SMALL = new GroupId("small");
    private static final int MESSAGES_IN_SMALL = 10;

    private static Optional<RedisStores> stores = Optional.empty();
    private static List<GroupId> hundred = List.of();
    private static List<GroupId> doomed = List.of();

    /** Something that users do, and may do once in each try. */
    private record Act(String name, Attempt attempt) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Attempt {
        void run(RedisStores store, int number);
    }

    private static UserId[] users(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> new UserId(prefix + i)).toArray(UserId[]::new);
    }

    @BeforeAll
    static void fill() {
        RedisStores store = new RedisStores(REDIS);
        stores = Optional.of(store);
        store.group(LARGE, ANN, MEMBERS);
        store.group(READ, ANN, MEMBERS);
        store.group(THOUSAND, ANN, users("one-of-", 999));
        for (int sent = 0; sent < MESSAGES; sent++) {
            List.of(LARGE, READ, THOUSAND).forEach(group -> store.send(group, ANN));
        }
        readAll(store);
        store.group(ALONE, ANN, users("one-of-", 999));
        IntStream.range(0, MESSAGES_ALONE).forEach(sent -> store.send(ALONE, ANN));
        IntStream.rangeClosed(1, MESSAGES_ALONE).forEach(id -> readAlone(store, ALONE, id));
        readAlone(store, LARGE, ID_ALONE);
        store.group(SMALL, ANN, MEMBERS[0]);
        IntStream.range(0, MESSAGES_IN_SMALL).forEach(sent -> store.send(SMALL, ANN));
        int doomedOnes = TRIES + 1;
        hundred = store.copies(SMALL, ANN, doomedOnes + 100).subList(doomedOnes, doomedOnes + 100);
        doomed = store.copies(THOUSAND, ANN, doomedOnes);
    }

    /** As acks do it, but in a second. */
    private static void readAll(RedisStores store) {
        store.redis.writeEach(
                List.of(MEMBERS),
                (pipeline, member) -> pipeline.hset(Keys.acks(READ), member.value(), Integer.toString(MESSAGES)));
        store.redis.writeEach(
                IntStream.rangeClosed(1, MESSAGES).boxed().toList(),
                (pipeline, id) -> pipeline.del(Keys.unreadPrefix(READ) + id));
    }

    private static void readAlone(RedisStores store, GroupId group, int id) {
        Map<String, Double> acks = REDIS.client().hgetAll(Keys.ordinals(group)).values().stream()
                .collect(Collectors.toMap(ordinal -> id + ":" + ordinal + ":1", any -> (double) id));
        store.redis.write(jedis -> jedis.zadd(Keys.readOne(group), acks));
        store.redis.write(jedis -> jedis.del(Keys.unreadPrefix(group) + id));
    }

    @AfterAll
    static void close() {
        stores.ifPresent(RedisStores::close);
    }

    static Stream<Act> acts() {
        return Stream.of(receipts(), members(), manyGroups()).flatMap(acts -> acts);
    }

    private static Stream<Act> receipts() {
        return Stream.of(
                new Act("send", (store, number) -> store.send(LARGE, ANN)),
                new Act("ack many messages", (store, number) -> store.receipts.ack(LARGE, MEMBERS[number], MESSAGES)),
                new Act("ack one", (store, number) -> store.receipts.ackOne(LARGE, MEMBERS[100 + number], 1)),
                new Act(
                        "ack many messages that all have acked alone",
                        (store, number) -> store.receipts.ack(ALONE, users("one-of-", 999)[number], MESSAGES_ALONE)),
                new Act("nudge", (store, number) -> store.receipts.nudge(LARGE, ANN, 100 + number)),
                new Act("count one", (store, number) -> store.receipts.count(LARGE, ANN, 1)),
                new Act("count many", (store, number) -> store.receipts.counts(LARGE, ANN, 1, MESSAGES)),
                new Act(
                        "count many that all have read",
                        (store, number) -> new RedisReceipts(store.redis, store.clock).counts(READ, ANN, 1, MESSAGES)),
                new Act("list", (store, number) -> store.receipts.list(LARGE, ANN, 1)),
                new Act("list what all have acked alone", (store, number) -> store.receipts.list(LARGE, ANN, ID_ALONE)),
                new Act("list, in one page", (store, number) -> store.receipts.list(THOUSAND, ANN, 1)),
                new Act("restore a set", LargeGroupIT::restore));
    }

    private static void restore(RedisStores store, int number) {
        long id = 10L + number;
        assertEquals(1, REDIS.client().del(Keys.unreadPrefix(LARGE) + id));
        long unread = store.receipts.counts(LARGE, ANN, id, id).live().get(0).unread();
        assertEquals(unread, REDIS.client().scard(Keys.unreadPrefix(LARGE) + id));
    }

    private static Stream<Act> members() {
        return Stream.of(
                new Act("create", (store, number) -> store.create(new GroupId("created-" + number), ANN, MEMBERS)),
                new Act("list the members", (store, number) -> store.groups.members(LARGE, Caller.SERVER)),
                new Act(
                        "join",
                        (store, number) -> store.groups.join(
                                LARGE,
                                Caller.SERVER,
                                Stream.of(users("joiner-" + number + "-", 1000))
                                        .collect(Collectors.toMap(user -> user, user -> true)))),
                new Act("opt out", (store, number) -> store.groups.endPeriod(LARGE, MEMBERS[200 + number])),
                new Act("leave", (store, number) -> store.groups.leave(LARGE, Caller.SERVER, MEMBERS[300 + number])));
    }

    private static Stream<Act> manyGroups() {
        return Stream.of(
                new Act("look at many groups", (store, number) -> store.groups.get(hundred, MEMBERS[0])),
                new Act(
                        "ack in many groups",
                        (store, number) -> store.receipts.ackEach(
                                MEMBERS[0],
                                hundred.stream()
                                        .map(group -> new GroupAck(group, Optional.empty(), 0, MESSAGES_IN_SMALL))
                                        .toList())),
                new Act("delete", (store, number) -> {
                    store.groups.close(doomed.get(number), Caller.SERVER, false);
                    store.groups.delete(doomed.get(number));
                }));
    }

    @ParameterizedTest
    @MethodSource("acts")
    void noScriptTakesLong(Act act) {
        RedisStores store = stores.orElseThrow();
        act.attempt().run(store, 0);
        SlowLog slowLog = new SlowLog(store.redis, LONG);
        Map<String, Long> slow = Map.of();
        for (int number = 1; number <= TRIES; number++) {
            slow = mostlySlow(store, slowLog, act, number);
            if (slow.isEmpty()) {
                return;
            }
        }
        fail("these scripts took longer than " + LONG + ", each time: " + slow);
    }

    /** The scripts of which most runs took long. */
    private static Map<String, Long> mostlySlow(RedisStores store, SlowLog slowLog, Act act, int number) {
        Map<String, Long> before = runs(store);
        act.attempt().run(store, number);
        Map<String, Long> after = runs(store);
        Map<String, Long> slow = slowLog.sinceLastLook().stream()
                .map(SlowLog.SlowCommand::name)
                .filter(after::containsKey)
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        slow.entrySet()
                .removeIf(script -> 2 * script.getValue()
                        <= after.getOrDefault(script.getKey(), 0L) - before.getOrDefault(script.getKey(), 0L));
        return slow;
    }

    private static Map<String, Long> runs(RedisStores store) {
        return Stream.of(Script.values())
                .collect(Collectors.toMap(
                        script -> script.name().toLowerCase(Locale.ROOT) + ".lua",
                        script -> store.redis.scripts().of(script)));
    }
}
