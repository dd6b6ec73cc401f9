package seenby.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;
import seenby.archive.ArchiveLine;
import seenby.archive.SweepClaim;
import seenby.archive.SweepTimers;
import seenby.group.GroupId;
import seenby.group.ReceiptPolicy;
import seenby.receipt.Receipt;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.support.TestRedis;
import seenby.user.Caller;
import seenby.user.UserId;

/** What a sweep takes of the receipts that are due, and what of it it may remove. */
class DueReceiptsTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final GroupId GROUP = new GroupId("group");
    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final UserId CEM = new UserId("cem");
    private static final Duration RETENTION = Duration.ofDays(7);
    private static final Duration LATER = Duration.ofDays(8);

    private final RedisStores store = new RedisStores(REDIS);
    private final RedisClient client = REDIS.client();
    private final SweepSettings terms = new SweepSettings(RETENTION, Optional.empty(), "one");
    private final SweepSettings othersTerms = new SweepSettings(RETENTION, Optional.empty(), "other");
    private final RedisDueReceipts due = new RedisDueReceipts(store.redis, store.clock, terms);
    private final RedisDueReceipts others = new RedisDueReceipts(store.redis, store.clock, othersTerms);
    private final RedisTimers timers = new RedisTimers(store.redis, store.clock, terms);

    @BeforeEach
    void groupOfThree() {
        store.group(GROUP, ANN, BOB, CEM);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void sendThree() {
        for (int i = 0; i < 3; i++) {
            store.send(GROUP, ANN);
        }
    }

    private Set<String> keys() {
        return client.keys("sb:{group}:*");
    }

    private static List<UserId> readers(ArchiveLine line) {
        return line.lists().orElseThrow().readers().stream()
                .map(Receipt.Reader::id)
                .toList();
    }

    private static List<UserId> unread(ArchiveLine line) {
        return line.lists().orElseThrow().unreadMembers();
    }

    @Test
    void nothingIsDueBeforeTheRetentionIsOver() {
        sendThree();
        store.clock.move(RETENTION.minusSeconds(1));

        assertEquals(List.of(), due.take(GROUP, false).lines());
    }

    @Test
    void linesTellWhoHasReadWhenAndWhoHasNot() {
        sendThree();
        store.receipts.ack(GROUP, BOB, 2);
        store.receipts.ackOne(GROUP, CEM, 2);
        Receipt asAnswered = store.receipts.list(GROUP, ANN, 2).live().orElseThrow();
        store.clock.move(LATER);

        List<ArchiveLine> lines = due.take(GROUP, false).lines();

        assertEquals(List.of(1L, 2L, 3L), lines.stream().map(ArchiveLine::id).toList());
        assertEquals(List.of(BOB), readers(lines.get(0)));
        assertEquals(List.of(CEM), unread(lines.get(0)));
        assertEquals(asAnswered.readers(), lines.get(1).lists().orElseThrow().readers());
        assertEquals(List.of(), readers(lines.get(2)));
        assertEquals(List.of(BOB, CEM), unread(lines.get(2)));
        assertTrue(lines.get(0).archivedAt().isAfter(lines.get(0).sentAt().plus(RETENTION)));
    }

    @Test
    void whatWasSentWhileReceiptsWereOffHasNoLists() {
        change(ReceiptPolicy.OFF);
        store.send(GROUP, ANN);
        change(ReceiptPolicy.SENDER);
        store.send(GROUP, ANN);
        store.clock.move(LATER);

        SweepClaim taken = due.take(GROUP, false);

        assertTrue(taken.lines().get(0).lists().isEmpty());
        assertTrue(taken.lines().get(1).lists().isPresent());
        assertEquals(OptionalLong.of(2), due.commit(GROUP, taken));
    }

    private void change(ReceiptPolicy policy) {
        store.groups.change(GROUP, Caller.SERVER, Optional.empty(), Optional.of(policy), Optional.empty());
    }

    @Test
    void afterTheCommitNothingIsLeftOfTheReceipts() {
        Set<String> before = keys();
        sendThree();
        store.receipts.ack(GROUP, BOB, 3);
        store.receipts.ackOne(GROUP, CEM, 2);
        store.groups.leave(GROUP, Caller.SERVER, CEM);
        store.clock.move(LATER);

        assertEquals(OptionalLong.of(3), due.commit(GROUP, due.take(GROUP, false)));
        due.trim(GROUP);
        timers.release(GROUP);

        before.addAll(Set.of("sb:{group}:messages", "sb:{group}:heard"));
        assertEquals(before, keys());
        assertEquals(Set.of("1", "2"), client.hkeys("sb:{group}:spells"), "the spell that ended is forgotten");
    }

    @Test
    void anAckBetweenTakeAndCommitStopsTheCommitBeforeItsMessage() {
        sendThree();
        store.clock.move(LATER);
        SweepClaim taken = due.take(GROUP, false);
        store.receipts.ackOne(GROUP, BOB, 2);

        assertEquals(OptionalLong.of(1), due.commit(GROUP, taken));

        SweepClaim again = due.take(GROUP, false);
        assertEquals(List.of(BOB), readers(again.lines().get(0)));
        assertEquals(OptionalLong.of(3), due.commit(GROUP, again));
    }

    @Test
    void whoLeavesBetweenTakeAndCommitIsNoRecipientOfWhatItHadNotRead() {
        sendThree();
        store.receipts.ack(GROUP, CEM, 1);
        store.clock.move(LATER);
        SweepClaim taken = due.take(GROUP, false);
        store.groups.leave(GROUP, Caller.SERVER, CEM);

        assertEquals(OptionalLong.of(0), due.commit(GROUP, taken));

        List<ArchiveLine> lines = due.take(GROUP, false).lines();
        assertEquals(List.of(CEM), readers(lines.get(0)));
        assertEquals(List.of(BOB), unread(lines.get(1)));
        assertEquals(List.of(), readers(lines.get(1)));
    }

    @Test
    void whoIsLeavingYetIsTakenOutFirst() {
        sendThree();
        client.hset("sb:{group}:spells", "3", "cem 0 0 3");
        client.hincrBy("sb:{group}:info", "spells_ended", 1);
        client.hdel("sb:{group}:ordinals", "cem");
        client.srem("sb:{group}:roster", "3");
        client.hset("sb:{group}:leaving", "3", "1 3");
        store.clock.move(LATER);

        List<ArchiveLine> lines = due.take(GROUP, false).lines();

        lines.forEach(line -> assertEquals(List.of(BOB), unread(line)));
        assertEquals(3, lines.size());
        assertFalse(client.exists("sb:{group}:leaving"));
    }

    @Test
    void anAckAfterTheCommitMovesTheCursorOnly() {
        sendThree();
        store.clock.move(LATER);
        due.commit(GROUP, due.take(GROUP, false));
        store.send(GROUP, ANN);

        assertEquals(4, store.receipts.ack(GROUP, BOB, 4).acked());
        store.receipts.ackOne(GROUP, CEM, 2);

        List<Map.Entry<String, String>> reads = client.xrange("sb:{group}:reads", "-", "+").stream()
                .flatMap(entry -> entry.getFields().entrySet().stream())
                .filter(field -> field.getKey().equals("from") || field.getKey().equals("upto"))
                .toList();
        assertEquals(List.of(Map.entry("from", "4"), Map.entry("upto", "4")), reads, "the frozen ones are not told");
        assertEquals(3, store.receipts.counts(GROUP, ANN, 1, 4).archive().upto());
        assertTrue(store.receipts.list(GROUP, ANN, 2).live().isEmpty());
    }

    @Test
    void oneInstanceSweepsAGroupAtATime() {
        sendThree();
        store.clock.move(LATER);
        SweepClaim taken = due.take(GROUP, false);

        assertEquals(SweepClaim.State.BUSY, others.take(GROUP, false).state());
        assertEquals(OptionalLong.of(3), due.commit(GROUP, taken));
        timers.release(GROUP);

        assertEquals(SweepClaim.State.HELD, others.take(GROUP, false).state());
    }

    @Test
    void whoTakesOverFromOneThatDidNotLetGoIsToldUntilItHasClosedThatOnesSegment() {
        sendThree();
        store.clock.move(LATER);
        SweepClaim paused = due.take(GROUP, false);
        client.del("sb:{group}:sweep");

        assertEquals(SweepClaim.State.TAKEN_OVER, others.take(GROUP, false).state());
        assertEquals(OptionalLong.empty(), due.commit(GROUP, paused), "who was taken over from commits nothing");
        assertEquals(SweepClaim.State.TAKEN_OVER, others.take(GROUP, false).state());
        SweepClaim taken = others.take(GROUP, true);

        assertEquals(SweepClaim.State.HELD, taken.state());
        assertEquals(SweepClaim.State.BUSY, due.take(GROUP, false).state());
        assertEquals(OptionalLong.of(3), others.commit(GROUP, taken));
    }

    @Test
    void whoIsSlowMayStillCommitWhereNobodyTookOver() {
        sendThree();
        store.clock.move(LATER);
        SweepClaim slow = due.take(GROUP, false);
        client.del("sb:{group}:sweep");

        assertEquals(OptionalLong.of(3), due.commit(GROUP, slow));
    }

    @Test
    void ofADeletedGroupNothingIsTakenCommittedOrLeft() {
        sendThree();
        store.clock.move(LATER);
        SweepClaim taken = due.take(GROUP, false);
        store.groups.close(GROUP, Caller.SERVER, false);

        Stream.<Runnable>of(
                        () -> due.take(GROUP, false),
                        () -> due.commit(GROUP, taken),
                        () -> due.trim(GROUP),
                        () -> timers.release(GROUP))
                .forEach(call -> assertEquals(
                        Refusal.NO_GROUP, assertThrows(Refused.class, call::run).refusal()));
        store.groups.delete(GROUP);
        store.group(GROUP, ANN, BOB, CEM);
        sendThree();
        assertThrows(Refused.class, () -> due.commit(GROUP, taken));
        assertEquals(3, store.receipts.counts(GROUP, ANN, 1, 3).live().size());
    }

    @Test
    void largeGroupsAreTakenInPortions() {
        List<UserId> many = Stream.iterate(1, i -> i + 1)
                .limit(600)
                .map(i -> new UserId("reader-" + i))
                .toList();
        GroupId large = new GroupId("large");
        store.group(large, ANN, many.toArray(UserId[]::new));
        for (int i = 0; i < 40; i++) {
            store.send(large, ANN);
        }
        many.subList(0, 300).forEach(reader -> store.receipts.ack(large, reader, 30));
        store.clock.move(LATER);
        int portions = 0;

        SweepClaim taken = due.take(large, false);
        for (; !taken.lines().isEmpty(); taken = due.take(large, false)) {
            assertTrue(taken.lines().size() <= 20, taken.lines().size() + " lines");
            taken.lines()
                    .forEach(line -> assertEquals(
                            line.id() <= 30 ? 300 : 600, unread(line).size()));
            due.commit(large, taken);
            portions++;
        }

        assertEquals(40, taken.archivedUpto());
        assertTrue(portions >= 2, portions + " portions");
    }

    @Test
    void theTimerRunsUntilTheOldestIsDue() {
        assertEquals(Optional.empty(), timers.look(GROUP));
        sendThree();
        Duration first = timers.look(GROUP).orElseThrow();
        store.clock.move(Duration.ofDays(1));
        store.send(GROUP, ANN);

        assertTrue(first.compareTo(RETENTION) <= 0 && first.compareTo(RETENTION.minusMinutes(1)) > 0, first.toString());
        assertTrue(timers.look(GROUP).orElseThrow().compareTo(first) <= 0, "armed for the oldest already");
        store.clock.move(RETENTION.minusHours(12));
        due.commit(GROUP, due.take(GROUP, false));
        SweepTimers.Next next = timers.release(GROUP);
        Duration second = timers.look(GROUP).orElseThrow();
        assertTrue(second.compareTo(Duration.ofHours(12)) <= 0 && second.compareTo(Duration.ofHours(11)) > 0);
        assertEquals(
                Optional.of(true), next.due().map(at -> at.isAfter(Instant.now().plus(RETENTION))));
    }

    @Test
    void theScanArmsWhatIsMissingOrWrongAndNamesWhatIsDue() {
        sendThree();
        client.del("sb:{group}:due");
        timers.scan(Optional.empty(), true);
        Duration armed = timers.look(GROUP).orElseThrow();
        assertTrue(armed.compareTo(RETENTION.minusMinutes(1)) > 0, armed.toString());
        client.pexpire("sb:{group}:due", Duration.ofDays(30).toMillis());

        timers.scan(Optional.empty(), false);
        assertTrue(timers.look(GROUP).orElseThrow().compareTo(RETENTION) <= 0, "a retention that was made shorter");

        store.clock.move(LATER);
        List<SweepTimers.Next> found = timers.scan(Optional.empty(), false).groups();
        assertEquals(1, found.size());
        assertTrue(found.get(0).due().orElseThrow().isBefore(store.clock.instant()));
    }

    @Test
    void aGroupWhoseReceiptsWereDeletedByHandKeepsNothingFromOthers() {
        sendThree();
        client.del("sb:{group}:receipts");
        GroupId other = new GroupId("other");
        store.group(other, ANN, BOB);
        store.send(other, ANN);
        store.clock.move(LATER);

        List<SweepTimers.Next> found = timers.scan(Optional.empty(), false).groups();

        assertEquals(
                List.of(other),
                found.stream()
                        .filter(next -> next.due().isPresent())
                        .map(SweepTimers.Next::group)
                        .toList());
    }

    @Test
    void aGroupOfWhichAllIsArchivedHasNoTimer() {
        sendThree();
        store.clock.move(LATER);
        due.commit(GROUP, due.take(GROUP, false));

        assertEquals(Optional.empty(), timers.release(GROUP).due());

        assertFalse(client.exists("sb:{group}:due"));
        store.send(GROUP, ANN);
        assertTrue(client.exists("sb:{group}:due"), "the next message arms it again");
    }
}
