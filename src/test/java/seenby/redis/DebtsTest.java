package seenby.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.group.GroupId;
import seenby.support.TestRedis;
import seenby.user.UserId;

/** Who owes a message whose unread set is lost. Its members may all have acked each message alone. */
class DebtsTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final GroupId GROUP = new GroupId("group");
    private static final UserId ANN = new UserId("ann");
    private static final List<UserId> MEMBERS =
            IntStream.range(0, 60).mapToObj(i -> new UserId("member-" + i)).toList();
    private static final UserId LAST = MEMBERS.get(59);
    private static final List<Long> IDS = List.of(1L, 2L, 3L);

    private final RedisStores store = new RedisStores(REDIS);
    private final Debts debts = new Debts(store.redis);

    /** The last member has not acked the second message, and nobody has acked the third one. */
    @BeforeEach
    void ackAlone() {
        store.group(GROUP, ANN, MEMBERS.toArray(UserId[]::new));
        IDS.forEach(id -> store.send(GROUP, ANN));
        MEMBERS.forEach(member -> store.receipts.ackOne(GROUP, member, 1));
        MEMBERS.subList(0, 59).forEach(member -> store.receipts.ackOne(GROUP, member, 2));
        List.of(2, 3).forEach(id -> REDIS.client().del(Keys.unreadPrefix(GROUP) + id));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private long lookedFor() {
        return store.redis.scripts().of(Script.RECEIPT_OWED);
    }

    @Test
    void manyAreFoundAmongAllAcks() {
        assertEquals(List.of(2L, 3L), debts.owed(GROUP, IDS));
        assertEquals(0, lookedFor());
    }

    @Test
    void fewAreLookedForWithoutReadingTheAcksOfAllOthers() {
        MEMBERS.subList(0, 58).forEach(member -> store.receipts.ack(GROUP, member, 3));

        assertEquals(List.of(2L, 3L), debts.owed(GROUP, IDS));
        assertEquals(3, lookedFor());
    }

    @Test
    void nobodyIsLookedForWhereTheCursorsAreAtTheEnd() {
        MEMBERS.forEach(member -> store.receipts.ack(GROUP, member, 3));

        assertEquals(List.of(), debts.owed(GROUP, IDS));
        assertEquals(0, lookedFor());
    }

    @Test
    void whoHasAckedAloneDoesNotOweIt() {
        store.receipts.ackOne(GROUP, LAST, 2);

        assertEquals(List.of(3L), debts.owed(GROUP, IDS));
    }
}
