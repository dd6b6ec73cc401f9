package seenby.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.receipt.AckResult;
import seenby.receipt.GroupAck;
import seenby.receipt.ReceiptCount;
import seenby.refusal.Refusal;
import seenby.support.Parallel;
import seenby.support.TestRedis;
import seenby.user.Caller;
import seenby.user.UserId;

/** A member with very many unread messages acks or leaves: in steps, so that others are served in between. */
class FarBehindIT {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final UserId CEM = new UserId("cem");
    private static final GroupId GROUP = new GroupId("group");
    private static final int MANY = 10_000;
    private static final int VERY_MANY = 100_000;
    private static final int STEP = 500;

    private final RedisStores store = new RedisStores(REDIS);

    private void send(int messages) {
        store.group(GROUP, ANN, BOB, CEM);
        List<String> keys = List.of(
                Keys.info(GROUP),
                Keys.acks(GROUP),
                Keys.messages(GROUP),
                Keys.receipts(GROUP),
                Keys.ordinals(GROUP),
                Keys.roster(GROUP),
                Keys.sent(GROUP),
                Keys.sentBefore(GROUP),
                Keys.due(GROUP));
        List<String> args = List.of(
                "0", ANN.value(), "hello", "", "1000", "60000", Keys.unreadPrefix(GROUP), Keys.WAKES, GROUP.value());
        store.send(GROUP, ANN);
        for (int sent = 1; sent < messages; sent += STEP) {
            int count = Math.min(STEP, messages - sent);
            Script.MESSAGE_SEND.runEach(
                    store.redis,
                    IntStream.range(0, count).boxed().toList(),
                    i -> new Script.Call(keys, args),
                    Refusal.NO_GROUP,
                    (i, reply) -> reply.rest(Reply::text));
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theCursorMovesInStepsAndNeverBeforeTheReceipts() {
        ackAll(MANY);
    }

    @Test
    @Tag("soak")
    void theCursorMovesInStepsThroughVeryManyMessages() {
        ackAll(VERY_MANY);
    }

    private void ackAll(int messages) {
        send(messages);
        TreeSet<Long> cursors = new TreeSet<>();
        AtomicBoolean done = new AtomicBoolean();
        long scripts = scriptCalls();

        Parallel.run(
                () -> {
                    AckResult acked = store.receipts.ack(GROUP, BOB, messages);
                    done.set(true);
                    assertEquals(new AckResult(messages, messages, messages), acked);
                },
                () -> {
                    do {
                        cursors.add(cursorWithReceipts());
                    } while (!done.get());
                });

        assertTrue(
                cursors.stream().anyMatch(cursor -> 0 < cursor && cursor < messages),
                "others are served between the steps: " + cursors);
        cursors.forEach(cursor -> assertEquals(0, cursor % STEP));
        assertTrue(scriptCalls() - scripts >= messages / STEP);
        assertEquals(
                List.of(new ReceiptCount(messages, 2, 1, Optional.of(0L))),
                store.receipts.counts(GROUP, ANN, messages, messages).live());
    }

    @Test
    void anAckOfSeveralGroupsCompletesAlsoTheOneFarBehind() {
        GroupId other = new GroupId("other");
        send(MANY);
        store.group(other, ANN, BOB);
        store.send(other, ANN);

        store.receipts.ackEach(
                BOB,
                List.of(new GroupAck(GROUP, Optional.empty(), 0, MANY), new GroupAck(other, Optional.empty(), 0, 1)));

        for (Group group : store.groups.get(List.of(GROUP, other), BOB)) {
            assertEquals(group.lastId(), group.standing().orElseThrow().lastAck());
        }
    }

    /** Reads the cursor before the receipts, because both only grow. */
    private long cursorWithReceipts() {
        Group group = store.groups.get(GROUP, BOB);
        long cursor = group.standing().orElseThrow().lastAck();
        long from = Math.max(1, cursor - 99);
        store.receipts
                .counts(GROUP, ANN, from, cursor)
                .live()
                .forEach(count -> assertEquals(1, count.unread(), count.toString()));
        return cursor;
    }

    @Test
    void aLeaveTakesEffectAtOnceAndCleansUpInSteps() {
        leaveAll(MANY);
    }

    @Test
    @Tag("soak")
    void aLeaveWithVeryManyUnreadMessagesCleansUpInSteps() {
        leaveAll(VERY_MANY);
    }

    private void leaveAll(int messages) {
        send(messages);
        AtomicBoolean done = new AtomicBoolean();
        long scripts = scriptCalls();

        Parallel.run(
                () -> {
                    store.groups.leave(GROUP, Caller.SERVER, BOB);
                    done.set(true);
                },
                () -> {
                    do {
                        boolean left = store.groups.get(GROUP, BOB).standing().isEmpty();
                        List<ReceiptCount> counts = store.receipts
                                .counts(GROUP, ANN, messages - 50, messages)
                                .live();
                        counts.forEach(count -> assertTrue(
                                count.recipients() == count.unread() && (!left || count.unread() == 1),
                                count.toString()));
                    } while (!done.get());
                });

        assertTrue(scriptCalls() - scripts >= messages / STEP);
        assertEquals(1, REDIS.client().scard("sb:{group}:unread:" + messages));
    }

    private static long scriptCalls() {
        return REDIS.client()
                .info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_evalsha:calls="))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*:calls=(\\d+).*", "$1")))
                .sum();
    }
}
