package seenby.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;
import seenby.archive.ArchiveLine;
import seenby.archive.ArchivePosition;
import seenby.archive.NextSweep;
import seenby.archive.SweepClaim;
import seenby.archive.SweepSettings;
import seenby.archive.SweepStore;
import seenby.group.ClockWarning;
import seenby.group.GroupId;
import seenby.group.ReceiptPolicy;
import seenby.receipt.Receipt;
import seenby.redis.RedisStores;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.support.TestRedis;
import seenby.user.Caller;
import seenby.user.UserId;

/** Which receipts are due, and which of them a sweep may remove. */
class RedisSweepStoreTest {
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
    private final RedisSweepStore sweeps = instance("one");
    private final RedisSweepStore others = instance("other");

    @BeforeEach
    void createGroupOfThree() {
        store.group(GROUP, ANN, BOB, CEM);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private RedisSweepStore instance(String token) {
        return new RedisSweepStore(
                store.redis, store.clock, new ClockWarning(), new SweepSettings(RETENTION, Optional.empty(), token));
    }

    private static Optional<SweepClaim> claim(RedisSweepStore instance, GroupId group) {
        return claim(instance, group, incarnation -> {
            throw new AssertionError("there is no other claim");
        });
    }

    private static Optional<SweepClaim> claim(RedisSweepStore instance, GroupId group, SweepStore.Takeover takeover) {
        try {
            return instance.claim(group, takeover);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SweepClaim claim() {
        return claim(sweeps, GROUP).orElseThrow();
    }

    private static OptionalLong commit(SweepClaim claim) {
        return claim.commitReceipts(claim.receipts());
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
    void nothingIsDueBeforeTheEndOfTheRetention() {
        sendThree();
        store.clock.move(RETENTION.minusSeconds(1));

        assertEquals(List.of(), claim().receipts());
    }

    @Test
    void linesNameTheReadersWithTimesAndTheUnreadMembers() {
        sendThree();
        store.receipts.ack(GROUP, BOB, 2);
        store.receipts.ackOne(GROUP, CEM, 2);
        Receipt asAnswered = store.receipts.list(GROUP, ANN, 2).live().orElseThrow();
        store.clock.move(LATER);

        List<ArchiveLine> lines = claim().receipts();

        assertEquals(List.of(1L, 2L, 3L), lines.stream().map(ArchiveLine::id).toList());
        assertEquals(List.of(BOB), readers(lines.get(0)));
        assertEquals(List.of(CEM), unread(lines.get(0)));
        assertEquals(asAnswered.readers(), lines.get(1).lists().orElseThrow().readers());
        assertEquals(List.of(), readers(lines.get(2)));
        assertEquals(List.of(BOB, CEM), unread(lines.get(2)));
        assertTrue(lines.get(0).archivedAt().isAfter(lines.get(0).sentAt().plus(RETENTION)));
    }

    @Test
    void aMessageSentUnderOffHasNoLists() {
        change(ReceiptPolicy.OFF);
        store.send(GROUP, ANN);
        change(ReceiptPolicy.SENDER);
        store.send(GROUP, ANN);
        store.clock.move(LATER);

        SweepClaim claim = claim();

        assertTrue(claim.receipts().get(0).lists().isEmpty());
        assertTrue(claim.receipts().get(1).lists().isPresent());
        assertEquals(OptionalLong.of(2), commit(claim));
    }

    private void change(ReceiptPolicy policy) {
        store.groups.change(GROUP, Caller.SERVER, Optional.empty(), Optional.of(policy), Optional.empty());
    }

    @Test
    void theCommitDeletesAllKeysOfTheReceipts() {
        Set<String> before = keys();
        sendThree();
        store.receipts.ack(GROUP, BOB, 3);
        store.receipts.ackOne(GROUP, CEM, 2);
        store.groups.leave(GROUP, Caller.SERVER, CEM);
        store.clock.move(LATER);

        SweepClaim claim = claim();
        assertEquals(OptionalLong.of(3), commit(claim));
        sweeps.trim(GROUP);
        claim.release();

        before.addAll(Set.of("sb:{group}:messages", "sb:{group}:heard"));
        assertEquals(before, keys());
        assertEquals(Set.of("1", "2"), client.hkeys("sb:{group}:spells"), "the ended receipt period is deleted");
    }

    @Test
    void anAckBetweenReadAndCommitEndsTheCommitBeforeItsMessage() {
        sendThree();
        store.clock.move(LATER);
        SweepClaim claim = claim();
        store.receipts.ackOne(GROUP, BOB, 2);

        assertEquals(OptionalLong.of(1), commit(claim));

        SweepClaim again = claim();
        assertEquals(List.of(BOB), readers(again.receipts().get(0)));
        assertEquals(OptionalLong.of(3), commit(again));
    }

    @Test
    void aMemberWhoLeavesBeforeTheCommitIsNoRecipientOfUnreadMessages() {
        sendThree();
        store.receipts.ack(GROUP, CEM, 1);
        store.clock.move(LATER);
        SweepClaim claim = claim();
        store.groups.leave(GROUP, Caller.SERVER, CEM);

        assertEquals(OptionalLong.of(0), commit(claim));

        List<ArchiveLine> lines = claim().receipts();
        assertEquals(List.of(CEM), readers(lines.get(0)));
        assertEquals(List.of(BOB), unread(lines.get(1)));
        assertEquals(List.of(), readers(lines.get(1)));
    }

    /** Or two members who turn their receipts off and on would keep the group from the archive. */
    @Test
    void aReceiptPeriodThatBeganLaterStopsNoCommit() {
        sendThree();
        store.groups.endPeriod(GROUP, CEM);
        store.groups.startPeriod(GROUP, CEM);
        store.clock.move(LATER);
        SweepClaim claim = claim();
        store.send(GROUP, ANN);
        store.groups.endPeriod(GROUP, CEM);
        store.groups.startPeriod(GROUP, CEM);
        store.groups.endPeriod(GROUP, CEM);

        assertEquals(OptionalLong.of(3), commit(claim));
    }

    @Test
    void aReceiptPeriodThatEndsStopsTheCommitWhereItBegan() {
        sendThree();
        store.groups.endPeriod(GROUP, CEM);
        store.groups.startPeriod(GROUP, CEM);
        store.send(GROUP, ANN);
        store.clock.move(LATER);
        SweepClaim claim = claim();
        store.groups.endPeriod(GROUP, CEM);

        assertEquals(OptionalLong.of(3), commit(claim));
        assertEquals(List.of(BOB), unread(claim().receipts().get(0)));
    }

    @Test
    void aReceiptPeriodInWhichNothingWasSentLeavesNothingBehind() {
        sendThree();
        long before = client.hlen("sb:{group}:spells");
        store.groups.endPeriod(GROUP, CEM);
        for (int i = 0; i < 5; i++) {
            store.groups.startPeriod(GROUP, CEM);
            store.groups.endPeriod(GROUP, CEM);
        }

        assertEquals(before, client.hlen("sb:{group}:spells"));
        assertEquals(2, client.scard("sb:{group}:roster"));
        store.groups.startPeriod(GROUP, CEM);
        store.send(GROUP, ANN);
        store.receipts.ack(GROUP, CEM, 4);
        assertEquals(1, store.receipts.counts(GROUP, ANN, 4, 4).live().get(0).read());
    }

    @Test
    void anUnfinishedLeaveIsCompletedBeforeTheSweep() {
        sendThree();
        client.hset("sb:{group}:spells", "3", "cem 0 0 3");
        client.hincrBy("sb:{group}:info", "spells_ended", 1);
        client.hdel("sb:{group}:ordinals", "cem");
        client.srem("sb:{group}:roster", "3");
        client.hset("sb:{group}:leaving", "3", "1 3");
        store.clock.move(LATER);

        List<ArchiveLine> lines = claim().receipts();

        lines.forEach(line -> assertEquals(List.of(BOB), unread(line)));
        assertEquals(3, lines.size());
        assertFalse(client.exists("sb:{group}:leaving"));
    }

    @Test
    void anAckAfterTheCommitMovesTheCursorOnly() {
        sendThree();
        store.clock.move(LATER);
        commit(claim());
        store.send(GROUP, ANN);

        assertEquals(4, store.receipts.ack(GROUP, BOB, 4).acked());
        store.receipts.ackOne(GROUP, CEM, 2);

        List<Map.Entry<String, String>> reads = client.xrange("sb:{group}:reads", "-", "+").stream()
                .flatMap(entry -> entry.getFields().entrySet().stream())
                .filter(field -> field.getKey().equals("from") || field.getKey().equals("upto"))
                .toList();
        assertEquals(List.of(Map.entry("from", "4"), Map.entry("upto", "4")), reads, "no reads for archived receipts");
        assertEquals(3, store.receipts.counts(GROUP, ANN, 1, 4).archive().upto());
        assertTrue(store.receipts.list(GROUP, ANN, 2).live().isEmpty());
    }

    @Test
    void onlyOneServerSweepsAGroupAtATime() {
        sendThree();
        store.clock.move(LATER);
        SweepClaim claim = claim();

        assertEquals(Optional.empty(), claim(others, GROUP));
        assertEquals(Optional.empty(), others.committed(GROUP));
        assertEquals(Optional.of(new ArchivePosition(0, 0)), sweeps.committed(GROUP));
        assertEquals(OptionalLong.of(3), commit(claim));
        assertEquals(Optional.of(new ArchivePosition(3, 0)), sweeps.committed(GROUP));
        claim.release();

        assertTrue(claim(others, GROUP).isPresent());
    }

    @Test
    void aTakeoverOfAnUnreleasedClaimFirstClosesItsSegments() {
        sendThree();
        store.clock.move(LATER);
        SweepClaim paused = claim();
        client.del("sb:{group}:sweep");

        assertEquals(Optional.empty(), claim(others, GROUP, incarnation -> false));
        assertEquals(OptionalLong.empty(), commit(paused), "a lost claim commits nothing");
        assertThrows(
                UncheckedIOException.class,
                () -> claim(others, GROUP, incarnation -> {
                    throw new IOException("disk");
                }));
        AtomicReference<String> closed = new AtomicReference<>("");
        SweepClaim claim = claim(others, GROUP, incarnation -> {
                    closed.set(incarnation);
                    return true;
                })
                .orElseThrow();

        assertEquals(claim.incarnation(), closed.get());
        assertEquals(Optional.empty(), claim(sweeps, GROUP));
        assertEquals(OptionalLong.of(3), commit(claim));
    }

    @Test
    void aSlowSweepCanCommitIfNobodyTookOver() {
        sendThree();
        store.clock.move(LATER);
        SweepClaim slow = claim();
        client.del("sb:{group}:sweep");

        assertEquals(OptionalLong.of(3), commit(slow));
    }

    @Test
    void aDeletedGroupIsNeitherClaimedNorCommitted() {
        sendThree();
        store.clock.move(LATER);
        SweepClaim claim = claim();
        store.groups.close(GROUP, Caller.SERVER, false);

        Stream.<Runnable>of(this::claim, () -> commit(claim), () -> sweeps.trim(GROUP), claim::release)
                .forEach(call -> assertEquals(
                        Refusal.NO_GROUP, assertThrows(Refused.class, call::run).refusal()));
        store.groups.delete(GROUP);
        store.group(GROUP, ANN, BOB, CEM);
        sendThree();
        assertThrows(Refused.class, () -> commit(claim));
        assertEquals(3, store.receipts.counts(GROUP, ANN, 1, 3).live().size());
    }

    @Test
    void largeGroupsAreSweptInBatches() {
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
        int batches = 0;

        SweepClaim claim = claim(sweeps, large).orElseThrow();
        for (; !claim.receipts().isEmpty(); claim = claim(sweeps, large).orElseThrow()) {
            assertTrue(claim.receipts().size() <= 20, claim.receipts().size() + " lines");
            claim.receipts()
                    .forEach(line -> assertEquals(
                            line.id() <= 30 ? 300 : 600, unread(line).size()));
            commit(claim);
            batches++;
        }

        assertEquals(40, sweeps.committed(large).orElseThrow().receipts());
        assertTrue(batches >= 2, batches + " batches");
    }

    @Test
    void theTimerExpiresWhenTheOldestReceiptsAreDue() {
        assertEquals(Optional.empty(), sweeps.timeLeft(GROUP));
        sendThree();
        Duration first = sweeps.timeLeft(GROUP).orElseThrow();
        store.clock.move(Duration.ofDays(1));
        store.send(GROUP, ANN);

        assertTrue(first.compareTo(RETENTION) <= 0 && first.compareTo(RETENTION.minusMinutes(1)) > 0, first.toString());
        assertTrue(
                sweeps.timeLeft(GROUP).orElseThrow().compareTo(first) <= 0,
                "the timer is already set for the oldest message");
        store.clock.move(RETENTION.minusHours(12));
        SweepClaim claim = claim();
        commit(claim);
        NextSweep next = claim.release();
        Duration second = sweeps.timeLeft(GROUP).orElseThrow();
        assertTrue(second.compareTo(Duration.ofHours(12)) <= 0 && second.compareTo(Duration.ofHours(11)) > 0);
        assertEquals(
                Optional.of(true), next.due().map(at -> at.isAfter(Instant.now().plus(RETENTION))));
    }

    @Test
    void theScanSetsMissingOrWrongTimersAndReturnsDueGroups() {
        sendThree();
        client.del("sb:{group}:due");
        sweeps.scan(Optional.empty(), true);
        Duration armed = sweeps.timeLeft(GROUP).orElseThrow();
        assertTrue(armed.compareTo(RETENTION.minusMinutes(1)) > 0, armed.toString());
        client.pexpire("sb:{group}:due", Duration.ofDays(30).toMillis());

        sweeps.scan(Optional.empty(), false);
        assertTrue(sweeps.timeLeft(GROUP).orElseThrow().compareTo(RETENTION) <= 0, "the retention was shortened");

        store.clock.move(LATER);
        List<NextSweep> found = sweeps.scan(Optional.empty(), false).groups();
        assertEquals(1, found.size());
        assertTrue(found.get(0).due().orElseThrow().isBefore(store.clock.instant()));
    }

    @Test
    void aGroupWithoutItsReceiptsKeyDoesNotBlockOthers() {
        sendThree();
        client.del("sb:{group}:receipts");
        GroupId other = new GroupId("other");
        store.group(other, ANN, BOB);
        store.send(other, ANN);
        store.clock.move(LATER);

        List<NextSweep> found = sweeps.scan(Optional.empty(), false).groups();

        assertEquals(
                List.of(other),
                found.stream()
                        .filter(next -> next.due().isPresent())
                        .map(NextSweep::group)
                        .toList());
    }

    @Test
    void aFullyArchivedGroupHasNoTimer() {
        sendThree();
        store.clock.move(LATER);
        SweepClaim claim = claim();
        commit(claim);

        assertEquals(Optional.empty(), claim.release().due());

        assertFalse(client.exists("sb:{group}:due"));
        store.send(GROUP, ANN);
        assertTrue(client.exists("sb:{group}:due"), "the next message sets a timer");
    }
}
