package seenby.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.group.GroupId;
import seenby.receipt.AckResult;
import seenby.receipt.GroupAck;
import seenby.receipt.ReceiptCount;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.support.TestRedis;
import seenby.user.UserId;

class RedisAcksTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final GroupId ONE = new GroupId("one");
    private static final GroupId TWO = new GroupId("two");
    private static final GroupId FOREIGN = new GroupId("foreign");

    private final RedisStores store = new RedisStores(REDIS);

    @BeforeEach
    void createGroups() {
        store.group(ONE, ANN, BOB);
        store.group(TWO, ANN, BOB);
        store.group(FOREIGN, ANN);
        List.of(ONE, TWO, FOREIGN).forEach(group -> IntStream.range(0, 3).forEach(i -> store.send(group, ANN)));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void groupsOfOthersAreSkippedAndTheRestIsAcked() {
        Set<GroupId> acked = store.receipts.ackEach(
                BOB,
                List.of(
                        new GroupAck(ONE, Optional.empty(), 0, 2),
                        new GroupAck(TWO, Optional.empty(), 0, 3),
                        new GroupAck(FOREIGN, Optional.empty(), 0, 1)));

        assertEquals(Set.of(ONE, TWO), acked);
        assertEquals(2, lastAck(ONE));
        assertEquals(3, lastAck(TWO));
        assertEquals(
                List.of(new ReceiptCount(2, 1, 0, Optional.of(0L)), new ReceiptCount(3, 1, 1, Optional.of(0L))),
                store.receipts.counts(ONE, ANN, 2, 3).live());
    }

    @Test
    void anAckForAnEarlierGroupOfTheSameIdIsSkipped() {
        Set<GroupId> acked = store.receipts.ackEach(BOB, List.of(new GroupAck(ONE, Optional.of("0123456789"), 0, 2)));

        assertEquals(Set.of(), acked);
        assertEquals(0, lastAck(ONE));
    }

    @Test
    void theResultSaysHowFarTheCursorMoved() {
        assertEquals(new AckResult(2, 2, 3), store.receipts.ack(ONE, BOB, 2));
        assertEquals(new AckResult(3, 1, 3), store.receipts.ack(ONE, BOB, 3));
        assertEquals(new AckResult(3, 0, 3), store.receipts.ack(ONE, BOB, 1));
    }

    @Test
    void anAckByANonMemberOrBeyondTheLastMessageIsRefused() {
        Refused foreign = assertThrows(Refused.class, () -> store.receipts.ack(FOREIGN, BOB, 1));
        Refused beyond = assertThrows(Refused.class, () -> store.receipts.ack(ONE, BOB, 4));

        assertEquals(Refusal.NOT_MEMBER, foreign.refusal());
        assertEquals(Refusal.BEYOND_LAST, beyond.refusal());
        assertEquals(0, lastAck(ONE));
    }

    @Test
    void aBatchIsBoundedByItsMessages() {
        assertEquals(List.of(List.of(300L, 200L), List.of(1L)), batches(300, 200, 1));
        assertEquals(List.of(List.of(5000L), List.of(0L, 500L), List.of(7L)), batches(5000, 0, 500, 7));
    }

    @Test
    void aBatchIsBoundedByItsGroups() {
        long[] distances = LongStream.range(0, 250).map(i -> 1).toArray();

        assertEquals(
                List.of(100, 100, 50),
                batches(distances).stream().map(List::size).toList());
    }

    private static List<List<Long>> batches(long... distances) {
        Deque<GroupAck> open = new ArrayDeque<>();
        LongStream.of(distances).forEach(distance -> open.add(new GroupAck(ONE, Optional.empty(), 10, 10 + distance)));
        List<List<Long>> batches = new ArrayList<>();
        while (!open.isEmpty()) {
            batches.add(
                    RedisAcks.nextBatch(open).stream().map(GroupAck::distance).toList());
        }
        return batches;
    }

    private long lastAck(GroupId group) {
        return store.groups.get(group, BOB).standing().orElseThrow().lastAck();
    }
}
