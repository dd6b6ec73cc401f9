package seenby.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
        assertEquals(true, readers(after).contains(early), "who has read stays a reader");
        assertEquals(whole, REDIS.calls("hgetall"));
    }
}
