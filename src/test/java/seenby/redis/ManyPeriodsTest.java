package seenby.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.group.GroupId;
import seenby.receipt.Receipt;
import seenby.support.TestRedis;
import seenby.user.Caller;
import seenby.user.UserId;

/** Receipts of a group with more receipt periods than one call of a script may read. */
class ManyPeriodsTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final GroupId GROUP = new GroupId("group");
    private static final UserId ANN = new UserId("ann");
    private static final List<UserId> MEMBERS = IntStream.range(0, 1200)
            .mapToObj(i -> new UserId("m" + (10_000 + i)))
            .toList();

    private final RedisStores store = new RedisStores(REDIS);

    @AfterEach
    void close() {
        store.close();
    }

    private Receipt receipt() {
        return store.receipts.list(GROUP, ANN, 1).live().orElseThrow();
    }

    private static List<UserId> readers(Receipt receipt) {
        return receipt.readers().stream().map(Receipt.Reader::id).toList();
    }

    @Test
    void theyAreReadInPagesAndNamedAsTheyAreAtThatMoment() {
        store.group(GROUP, ANN, MEMBERS.toArray(UserId[]::new));
        store.send(GROUP, ANN);
        List<UserId> readers = MEMBERS.subList(0, 300);
        readers.forEach(member -> store.receipts.ack(GROUP, member, 1));
        long whole = REDIS.calls("hgetall");

        assertEquals(readers, readers(receipt()));
        assertEquals(MEMBERS.subList(300, 1200), receipt().unreadMembers());

        UserId early = MEMBERS.get(5);
        UserId late = MEMBERS.get(700);
        List.of(early, late).forEach(gone -> store.groups.leave(GROUP, Caller.SERVER, gone));
        store.receipts.ack(GROUP, MEMBERS.get(701), 1);
        Receipt after = receipt();
        assertEquals(301, after.readers().size());
        assertEquals(898, after.unreadMembers().size());
        assertTrue(readers(after).contains(early), "who has read stays a reader");
        assertEquals(whole, REDIS.calls("hgetall"));
    }

    @Test
    void acksOfTheMessageAloneAreReadInPages() {
        store.group(GROUP, ANN, MEMBERS.toArray(UserId[]::new));
        store.send(GROUP, ANN);
        List<UserId> readers = MEMBERS.subList(0, 1100);
        readers.forEach(member -> store.receipts.ackOne(GROUP, member, 1));
        Instant after = store.clock.instant();
        store.clock.move(Duration.ofMinutes(1));
        store.receipts.ack(GROUP, readers.get(0), 1);

        Receipt receipt = receipt();

        assertEquals(readers, readers(receipt));
        assertTrue(receipt.readers().stream().allMatch(reader -> reader.readAt().isBefore(after)));
        assertEquals(MEMBERS.subList(1100, 1200), receipt.unreadMembers());
    }

    /** The acks are read after the unread set, so some may have come in between. */
    @Test
    void anAckThatCameAfterTheLookDoesNotCountYet() {
        List<Recipients.ReceiptPeriod> periods =
                List.of(Recipients.ReceiptPeriod.of("1", "early 0"), Recipients.ReceiptPeriod.of("2", "late 0"));

        Recipients recipients = Recipients.of(1, ANN, List.of("2"), periods, List.of("1:1:5", "1:2:6"));

        assertEquals(List.of(new UserId("late")), recipients.unread());
        assertEquals(List.of(new Receipt.Reader(new UserId("early"), Instant.ofEpochMilli(5))), recipients.readAlone());
    }
}
