package seenby.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;
import seenby.group.GroupId;
import seenby.group.Member;
import seenby.group.ReceiptPolicy;
import seenby.receipt.Receipt;
import seenby.receipt.ReceiptCount;
import seenby.refusal.Refused;
import seenby.support.TestRedis;
import seenby.user.Caller;
import seenby.user.Name;
import seenby.user.UserId;

/** Changes of a group that take several steps, and the state that is visible in between. */
class RedisGroupsTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final UserId CEM = new UserId("cem");
    private static final UserId DAN = new UserId("dan");
    private static final GroupId GROUP = new GroupId("group");

    private final RedisStores store = new RedisStores(REDIS);
    private final RedisClient client = REDIS.client();

    @BeforeEach
    void createThreeMembersAndThreeMessages() {
        store.group(GROUP, ANN, BOB, CEM);
        for (int i = 0; i < 3; i++) {
            store.send(GROUP, ANN);
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aMemberWhoLeavesIsNotCountedEvenBeforeTheCleanup() {
        long ordinal = leaveScript(CEM, false);

        assertEquals(3, ordinal);
        assertTrue(client.sismember("sb:{group}:unread:2", "3"));
        assertCounts(1, 1);
        Receipt receipt = store.receipts.list(GROUP, ANN, 2).live().orElseThrow();
        assertEquals(List.of(BOB), receipt.unreadMembers());
        assertEquals(new ReceiptCount(2, 1, 1, Optional.of(0L)), receipt.count());
    }

    @Test
    void countsStayTheSameDuringTheCleanup() {
        leaveScript(CEM, false);

        for (long remaining = 2; remaining >= 0; remaining--) {
            assertEquals(remaining, cleanUnreadScript("3", 1));
            assertCounts(1, 1);
            assertEquals(remaining > 0, client.hexists("sb:{group}:leaving", "3"));
        }
        assertFalse(client.sismember("sb:{group}:unread:3", "3"));
        assertEquals(Map.of("1", "1", "2", "1", "3", "1"), client.hgetAll("sb:{group}:left"));
        assertEquals(0, cleanUnreadScript("3", 1), "the cleanup is complete");
    }

    @Test
    void aCleanupInterruptedByACrashIsFinishedByResume() {
        leaveScript(CEM, false);
        cleanUnreadScript("3", 1);

        store.groups.resume();

        assertFalse(client.exists("sb:{group}:leaving"));
        assertEquals(Set.of("2"), client.smembers("sb:{group}:unread:3"));
        assertCounts(1, 1);
    }

    @Test
    void aMemberWhoRejoinsDuringTheCleanupOwesOnlyNewMessages() {
        leaveScript(CEM, false);
        store.groups.join(GROUP, Caller.SERVER, Map.of(CEM, true));
        store.send(GROUP, ANN);

        store.groups.resume();

        assertEquals(
                List.of(BOB),
                store.receipts.list(GROUP, ANN, 3).live().orElseThrow().unreadMembers());
        assertEquals(
                List.of(BOB, CEM),
                store.receipts.list(GROUP, ANN, 4).live().orElseThrow().unreadMembers());
    }

    @Test
    void aMemberWithoutUnreadMessagesNeedsNoCleanup() {
        store.receipts.ack(GROUP, BOB, 3);
        store.groups.endPeriod(GROUP, CEM);

        assertEquals(0, leaveScript(BOB, false));
        assertEquals(0, leaveScript(CEM, false));
        assertFalse(client.exists("sb:{group}:leaving"));
    }

    @Test
    void aLeaveRemovesTheIndexEntryOfAnInterruptedJoin() {
        client.sadd("sb:user:{dan}:groups", GROUP.value());

        assertThrows(Refused.class, () -> store.groups.leave(GROUP, Caller.SERVER, DAN));

        assertFalse(client.exists("sb:user:{dan}:groups"));
    }

    @Test
    void refusedJoinsAndCreationsLeaveNoIndexEntry() {

        assertThrows(Refused.class, () -> store.groups.join(GROUP, new Caller(BOB, false), Map.of(DAN, true)));
        assertThrows(Refused.class, () -> store.group(GROUP, DAN));

        assertFalse(client.exists("sb:user:{dan}:groups"));
        assertEquals(Set.of(GROUP.value()), client.smembers("sb:user:{bob}:groups"));
    }

    @Test
    void aCreationThatIsCutOffLeavesNothingThatIsSeenOrStays() {
        GroupId cutOff = new GroupId("cut-off");
        prepareScript(cutOff, "one");

        assertEquals(List.of(), store.groups.get(List.of(cutOff), DAN));
        assertThrows(Refused.class, () -> store.send(cutOff, DAN));
        assertThrows(Refused.class, () -> store.receipts.ack(cutOff, DAN, 0));
        Set<String> left = client.keys("*{cut-off}*");
        assertEquals(5, left.size());
        left.forEach(key -> assertTrue(client.pttl(key) > 0, key));

        store.create(cutOff, ANN, BOB);

        assertEquals(
                List.of(ANN, BOB),
                store.groups.members(cutOff, Caller.SERVER).stream()
                        .map(Member::id)
                        .toList());
    }

    @Test
    void aGroupIsCreatedOfAllPreparedMembersOrNotAtAll() {
        GroupId slow = new GroupId("slow");
        prepareScript(slow, "one");

        assertFalse(createScript(slow, "one", 2), "one member of two has expired");
        assertFalse(client.exists("sb:{slow}:info"));
        assertTrue(createScript(slow, "one", 1));

        assertEquals(1, store.send(slow, DAN));
    }

    @Test
    void noKeyOfACreatedGroupExpires() {
        GroupId created = new GroupId("created");
        store.create(created, ANN, BOB);

        Set<String> keys = client.keys("*{created}*");
        assertEquals(Set.copyOf(Keys.ofMembership(created)), keys);
        keys.forEach(key -> assertEquals(-1, client.pttl(key), key));
    }

    @Test
    void aGroupOfMembersWhoSendNoReceiptsIsCreatedToo() {
        GroupId hidden = new GroupId("hidden");
        store.groups.create(hidden, new Name("Hidden"), ReceiptPolicy.SENDER, ANN, Map.of(ANN, false, BOB, false));

        assertEquals(1, store.send(hidden, ANN));
        assertEquals(0, store.receipts.counts(hidden, ANN, 1, 1).live().get(0).recipients());
    }

    @Test
    void aCreationStopsWhereItFindsAGroupOfThisId() {
        assertThrows(Refused.class, () -> prepareScript(GROUP, "other"));
        assertThrows(Refused.class, () -> createScript(GROUP, "other", 0));

        assertEquals(3, store.groups.get(GROUP, ANN).members());
    }

    @Test
    void aClosedGroupIsInvisibleAndItsIdTakenUntilItIsDeleted() {
        store.groups.close(GROUP, Caller.SERVER, false);

        assertEquals(List.of(), store.groups.get(List.of(GROUP), ANN));
        assertThrows(Refused.class, () -> store.send(GROUP, ANN));
        assertThrows(Refused.class, () -> store.group(GROUP, ANN));
        store.groups.delete(GROUP);
        store.group(GROUP, ANN);
        assertEquals(1, store.send(GROUP, ANN));
    }

    @Test
    void deletionRunsInStepsAndTheLastStepRemovesTheRest() {
        store.receipts.ack(GROUP, BOB, 2);
        store.groups.close(GROUP, Caller.SERVER, false);

        assertEquals(2, deleteScript(1));
        assertFalse(client.exists("sb:{group}:unread:1"));
        assertTrue(client.exists("sb:{group}:unread:3"));
        store.groups.resume();

        assertEquals(Set.of(), client.keys("*{group}*"));
        assertFalse(client.exists("sb:user:{bob}:groups"));
        assertEquals(0, deleteScript(1), "a missing group has nothing to delete");
    }

    private void assertCounts(long recipients, long unread) {
        List<ReceiptCount> expected = List.of(
                new ReceiptCount(1, recipients, unread, Optional.of(0L)),
                new ReceiptCount(2, recipients, unread, Optional.of(0L)),
                new ReceiptCount(3, recipients, unread, Optional.of(0L)));
        assertEquals(expected, store.receipts.counts(GROUP, ANN, 1, 3).live());
    }

    private long leaveScript(UserId member, boolean stay) {
        List<String> keys = List.of(
                Keys.info(GROUP),
                Keys.acks(GROUP),
                Keys.members(GROUP),
                Keys.ordinals(GROUP),
                Keys.roster(GROUP),
                Keys.spells(GROUP),
                Keys.leaving(GROUP));
        List<String> args = List.of("admin", "1", member.value(), stay ? "1" : "0", Keys.WAKES, GROUP.value());
        return Script.GROUP_LEAVE.run(store.redis, keys, args, Reply::number);
    }

    private void prepareScript(GroupId group, String incarnation) {
        List<String> keys = new ArrayList<>(List.of(Keys.info(group)));
        keys.addAll(Keys.ofNewMembers(group, incarnation));
        Script.GROUP_PREPARE.run(store.redis, keys, List.of("0", "60000", DAN.value(), "1"));
    }

    private boolean createScript(GroupId group, String incarnation, int size) {
        List<String> args = List.of(
                "0", incarnation, "dan", "Name", "sender", Keys.WAKES, group.value(), Integer.toString(size), "dan");
        return Script.GROUP_CREATE.run(store.redis, RedisGroups.creationKeys(group, incarnation), args, Reply::flag);
    }

    private long cleanUnreadScript(String ordinal, int limit) {
        List<String> keys = List.of(
                Keys.info(GROUP),
                Keys.leaving(GROUP),
                Keys.left(GROUP),
                Keys.receipts(GROUP),
                Keys.spells(GROUP),
                Keys.readOne(GROUP),
                Keys.rebuilt(GROUP));
        List<String> args = List.of(ordinal, Keys.unreadPrefix(GROUP), Integer.toString(limit));
        return Script.GROUP_CLEAN_UNREAD.run(store.redis, keys, args, Reply::number);
    }

    private long deleteScript(int limit) {
        List<String> args = List.of(Keys.unreadPrefix(GROUP), Keys.readAtPrefix(GROUP), Integer.toString(limit));
        return Script.GROUP_DELETE.run(store.redis, List.of(Keys.info(GROUP), Keys.acks(GROUP)), args, Reply::number);
    }
}
