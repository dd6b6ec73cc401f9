package seenby.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seenby.group.GroupId;
import seenby.receipt.ReceiptCount;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.support.TestRedis;
import seenby.user.Caller;
import seenby.user.UserId;

/** A lost unread set is restored in steps. Whatever happens between them, it ends as if it had never been lost. */
class RestoredSetsTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final int PERIODS_IN_STEP = 2;

    /** More than it takes. */
    private static final int MOST_STEPS = 5;

    private static final UserId ANN = new UserId("ann");
    private static final UserId EARLY = new UserId("early");
    private static final UserId READER = new UserId("reader");
    private static final UserId ALONE = new UserId("alone");
    private static final UserId ALONE_TOO = new UserId("alone-too");
    private static final UserId LATE = new UserId("late");
    private static final UserId NEWCOMER = new UserId("newcomer");

    private final RedisStores store = new RedisStores(REDIS);
    private final UnreadSets sets = new UnreadSets(store.redis);

    /** What happens to a group between two steps, and what follows when the set is restored. */
    private record Event(String name, Change change, Change rest) {
        static Event of(String name, Change change) {
            return new Event(name, change, (stores, group) -> {});
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private interface Change {
        void apply(RedisStores stores, GroupId group);
    }

    static Stream<Event> events() {
        return Stream.concat(
                Stream.of(
                        Event.of("another joins and a message is sent", (stores, group) -> {
                            stores.groups.join(group, Caller.SERVER, Map.of(NEWCOMER, true));
                            stores.send(group, ANN);
                        }),
                        Event.of(
                                "the built part is lost as well",
                                (stores, group) -> REDIS.client().del(Keys.rebuilt(group)))),
                Stream.of(EARLY, ALONE, LATE).flatMap(RestoredSetsTest::eventsOf));
    }

    private static Stream<Event> eventsOf(UserId who) {
        return Stream.of(
                Event.of(who + " acks", (stores, group) -> stores.receipts.ack(group, who, 1)),
                Event.of(who + " acks it alone", (stores, group) -> stores.receipts.ackOne(group, who, 1)),
                Event.of(who + " acks it in both ways", (stores, group) -> {
                    stores.receipts.ackOne(group, who, 1);
                    stores.receipts.ack(group, who, 1);
                }),
                Event.of(who + " leaves", (stores, group) -> stores.groups.leave(group, Caller.SERVER, who)),
                Event.of(who + " leaves and comes back", (stores, group) -> {
                    stores.groups.leave(group, Caller.SERVER, who);
                    stores.groups.join(group, Caller.SERVER, Map.of(who, true));
                }),
                Event.of(who + " opts out", (stores, group) -> stores.groups.endPeriod(group, who)),
                new Event(
                        who + " leaves, and the cleanup is late",
                        leave(who),
                        (stores, group) -> REDIS.client()
                                .hkeys(Keys.leaving(group))
                                .forEach(ordinal -> new UnreadCleanup(stores.redis).clean(group, ordinal))));
    }

    /** As if the server ended right after it. */
    private static Change leave(UserId who) {
        return (stores, group) -> Script.GROUP_LEAVE.run(
                stores.redis,
                Keys.ofLeave(group),
                List.of("admin", "1", who.value(), "0", Keys.WAKES, group.value()),
                Reply::number);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private GroupId groupWithMessage(String name) {
        GroupId group = new GroupId(name);
        store.group(group, ANN, EARLY, READER, ALONE, ALONE_TOO, LATE);
        store.send(group, ANN);
        store.receipts.ack(group, READER, 1);
        store.receipts.ackOne(group, ALONE, 1);
        store.receipts.ackOne(group, ALONE_TOO, 1);
        return group;
    }

    private static void lose(GroupId group, long id) {
        assertEquals(1, REDIS.client().del(Keys.unreadPrefix(group) + id));
    }

    private UnreadSets.Step step(GroupId group, long id) {
        return sets.restore(group, id, PERIODS_IN_STEP);
    }

    private void restore(GroupId group, long id) {
        while (step(group, id).more()) {
            assertFalse(REDIS.client().exists(Keys.unreadPrefix(group) + id), "a part is not taken for the whole");
        }
    }

    private Map<String, Object> state(GroupId group) {
        List<ReceiptCount> counts = store.receipts.counts(group, ANN, 1, 1).live();
        return new TreeMap<>(Map.of(
                "unread",
                new TreeSet<>(REDIS.client().smembers(Keys.unreadPrefix(group) + 1)),
                "left",
                REDIS.client().hgetAll(Keys.left(group)),
                "counts",
                counts));
    }

    @ParameterizedTest
    @MethodSource("events")
    void whateverHappensBetweenTheStepsIsTrueInTheEnd(Event event) {
        GroupId whole = groupWithMessage("whole");
        event.change().apply(store, whole);
        event.rest().apply(store, whole);

        for (int steps = 0; steps <= MOST_STEPS; steps++) {
            GroupId group = groupWithMessage("lost-" + steps);
            lose(group, 1);
            for (int taken = 0; taken < steps; taken++) {
                var unused = step(group, 1);
            }
            event.change().apply(store, group);
            restore(group, 1);
            event.rest().apply(store, group);

            assertEquals(state(whole), state(group), "after " + steps + " steps");
            assertFalse(REDIS.client().exists(Keys.rebuilt(group)));
            assertFalse(REDIS.client().hexists(Keys.info(group), "restoring"));
        }
    }

    @Test
    void aSetThatAllHaveReadIsNotRestored() {
        GroupId group = groupWithMessage("group");
        store.receipts.ack(group, EARLY, 1);
        store.receipts.ack(group, LATE, 1);

        restore(group, 1);

        assertFalse(REDIS.client().exists(Keys.unreadPrefix(group) + 1));
        assertEquals(
                List.of(new ReceiptCount(1, 5, 0, Optional.of(0L))),
                store.receipts.counts(group, ANN, 1, 1).live());
    }

    @Test
    void aRestorationThatIsCutOffIsFinishedBeforeTheNext() {
        GroupId group = groupWithMessage("group");
        store.send(group, LATE);
        lose(group, 1);
        lose(group, 2);
        assertTrue(step(group, 1).more());

        restore(group, 2);

        assertEquals(new UnreadSets.Step(false, true), step(group, 1));
        assertEquals(2, REDIS.client().scard(Keys.unreadPrefix(group) + 1));
        assertEquals(5, REDIS.client().scard(Keys.unreadPrefix(group) + 2));
    }

    @Test
    void nothingRemainsOfAGroupThatIsDeletedMeanwhile() {
        GroupId group = groupWithMessage("group");
        lose(group, 1);
        assertTrue(step(group, 1).more());

        store.groups.close(group, Caller.SERVER, false);
        Refused refused = assertThrows(Refused.class, () -> step(group, 1));
        store.groups.delete(group);

        assertEquals(Refusal.NO_GROUP, refused.refusal());
        assertEquals(0, REDIS.client().keys("sb:{group}*").size());
    }
}
