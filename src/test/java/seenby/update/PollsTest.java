package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.account.RedisUsers;
import seenby.archive.Archive;
import seenby.archive.ArchivedReceipts;
import seenby.group.ClockWarning;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.group.ReceiptPolicy;
import seenby.hub.Audit;
import seenby.hub.Hub;
import seenby.hub.StaleCause;
import seenby.hub.Wake;
import seenby.hub.WorkerPool;
import seenby.message.Draft;
import seenby.receipt.GroupAck;
import seenby.receipt.Receipts;
import seenby.redis.Redis;
import seenby.redis.RedisGroups;
import seenby.redis.RedisLook;
import seenby.redis.RedisMessages;
import seenby.redis.RedisReceipts;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.refusal.Unavailable;
import seenby.support.Eventually;
import seenby.support.TestRedis;
import seenby.user.Name;
import seenby.user.Token;
import seenby.user.UserId;

/** Polls inside a server: what waits, what wakes it, and that a finished poll leaves nothing behind. */
class PollsTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final Token TOKEN = Token.random();
    private static final long LAST_ID = 10_000_000_000_000L;

    private final Clock clock = Clock.systemUTC();
    private final Redis redis = Redis.at(REDIS.url());
    private final RedisUsers users = new RedisUsers(redis, clock);
    private final RedisGroups groups = new RedisGroups(redis, clock, (of, incarnation) -> {});
    // polls ack, and read no archived receipts
    private final Receipts receipts =
            new ArchivedReceipts(new RedisReceipts(redis, clock), new Archive(Path.of("none"), 1));
    private final RedisMessages messages =
            new RedisMessages(redis, clock, new ClockWarning(), Duration.ofDays(1), Duration.ofDays(7));
    private final WorkerPool workers = new WorkerPool();
    private final Hub hub = new Hub(groups, workers);
    private final Polls polls = new Polls(
            users,
            groups,
            messages,
            receipts,
            new RedisLook(redis),
            hub,
            () -> "line",
            "secret",
            Duration.ofMillis(20),
            clock);

    @BeforeEach
    void createAnn() {
        REDIS.flush();
        users.create(ANN, new Name("Ann"), false, TOKEN);
        users.trust(true);
        hub.trust(true);
    }

    @AfterEach
    void close() {
        polls.close();
        workers.close();
        redis.close();
    }

    @Test
    void aPollOfAThousandGroupsReadsOnlyThoseWithNewsAndItsNextFitsAUrl() {
        List<GroupId> ids = thousandGroups();
        String since = poll(Optional.empty(), Duration.ZERO).join().next();
        for (int i : List.of(3, 500, 997)) {
            messages.send(ids.get(i), ANN, new Draft("news", Optional.empty()));
        }
        long lists = REDIS.calls("xrange");
        long looks = REDIS.scripts();

        Update update = poll(Optional.of(since), Duration.ZERO).join();

        assertEquals(3, update.messages().size());
        assertEquals(LAST_ID + 1, update.messages().get(0).id());
        assertEquals(3, REDIS.calls("xrange") - lists, "one range read for each group with news");
        assertTrue(REDIS.scripts() - looks <= 1010, "1,000 looks in one pipeline and 3 reads");
        assertTrue(since.length() < 4096 && update.next().length() < 4096);
    }

    @Test
    void finishedPollsLeaveNothingBehind() {
        GroupId group = group("ops");
        String since = poll(Optional.empty(), Duration.ZERO).join().next();
        List<CompletableFuture<Update>> open = new ArrayList<>();
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            open.add(poll(Optional.of(since), Duration.ofMillis(1 + random.nextInt(300))));
            switch (random.nextInt(6)) {
                case 0 -> hub.wake(new Wake.Sent(state(group)));
                case 1 -> hub.wake(new Wake.Acked(state(group), BOB, Set.of(ANN), false));
                case 2 -> hub.wake(new Wake.Moved(state(group), Set.of(ANN)));
                case 3 -> hub.wake(new Wake.Gone(state(group)));
                case 4 -> hub.lookAgain(StaleCause.SUBSCRIPTION);
                default -> hub.finish();
            }
        }
        open.forEach(poll -> assertEquals(since, poll.join().next()));

        Eventually.eventually("no poll waits", () -> hub.count() == 0);
        assertNothingIsLeft();
    }

    @Test
    void revokedPollsAndPollsWithoutStorageLeaveNothingBehind() {
        group("ops");
        String since = poll(Optional.empty(), Duration.ZERO).join().next();

        CompletableFuture<Update> lost = poll(Optional.of(since), Duration.ofSeconds(30));
        hub.away();
        CompletableFuture<Update> other = poll(Optional.of(since), Duration.ofSeconds(30));
        hub.wake(new Wake.Revoked(Token.random().hash()));
        Eventually.eventually("the poll of another token still waits", () -> hub.count() == 1);
        hub.wake(new Wake.Revoked(TOKEN.hash()));

        assertTrue(assertThrows(CompletionException.class, lost::join).getCause() instanceof Unavailable);
        Throwable revoked = assertThrows(CompletionException.class, other::join).getCause();
        assertTrue(revoked instanceof Refused refused && refused.refusal() == Refusal.UNAUTHORIZED);
        Eventually.eventually("no poll waits", () -> hub.count() == 0);
        assertNothingIsLeft();
    }

    @Test
    void aPollWhoseFirstLookFailsLeavesNothingBehind() {
        redis.close();

        CompletableFuture<Update> poll = poll(Optional.empty(), Duration.ofSeconds(30));

        assertTrue(poll.isCompletedExceptionally());
        assertNothingIsLeft();
    }

    @Test
    void aPollLooksAgainWhenItsGroupWasReplaced() throws Exception {
        GroupId group = group("ops");
        String since = poll(Optional.empty(), Duration.ZERO).join().next();
        CompletableFuture<Update> poll = poll(Optional.of(since), Duration.ofSeconds(30));
        groups.close(group, seenby.user.Caller.SERVER, false);
        groups.delete(group);
        group("ops");
        messages.send(group, ANN, new Draft("of another group", Optional.empty()));
        hub.wake(new Wake.Sent(state(group))); // without the wake of the deletion

        Update update = poll.get(10, TimeUnit.SECONDS);

        assertEquals(List.of(group), update.left());
        assertEquals(List.of(), update.messages());
    }

    @Test
    void aPollThatOpensAgainAndEndsWithoutNewsAsksRedisForNothing() {
        group("ops");
        group("dev");
        Optional<String> since =
                Optional.of(poll(Optional.empty(), Duration.ZERO).join().next());
        poll(since, Duration.ofMillis(5)).join();
        long before = REDIS.commands();

        for (int i = 0; i < 20; i++) {
            assertTrue(poll(since, Duration.ofMillis(5)).join().isEmpty());
        }

        assertEquals(0, REDIS.commands() - before);
    }

    @Test
    void aMessageCostsOneReadHoweverManyPollsWait() {
        GroupId group = group("ops");
        Optional<String> since =
                Optional.of(poll(Optional.empty(), Duration.ZERO).join().next());
        List<CompletableFuture<Update>> open = IntStream.range(0, 50)
                .mapToObj(i -> poll(since, Duration.ofSeconds(30)))
                .toList();
        messages.send(group, ANN, new Draft("news", Optional.empty()));
        GroupState state = state(group);
        long before = REDIS.scripts();

        hub.wake(new Wake.Sent(state));

        open.forEach(poll -> assertEquals(1, poll.join().messages().size()));
        assertEquals(1, REDIS.scripts() - before);
    }

    /** The look of another user moves the room before the wake of the read reaches the sender's seat. */
    @Test
    void aMessageDoesNotPassAReadWhoseWakeIsLate() {
        Token token = Token.random();
        users.create(BOB, new Name("Bob"), false, token);
        GroupId group = new GroupId("ops");
        groups.create(group, new Name("Ops"), ReceiptPolicy.SENDER, ANN, Map.of(ANN, true, BOB, true));
        messages.send(group, ANN, new Draft("read me", Optional.empty()));
        Optional<String> first =
                Optional.of(poll(Optional.empty(), Duration.ZERO).join().next());
        poll(first, Duration.ofMillis(5)).join();
        receipts.ackEach(BOB, List.of(new GroupAck(group, Optional.empty(), 0, 1)));
        GroupState read = state(group);
        messages.send(group, BOB, new Draft("I have", Optional.empty()));
        polls.open(new Ask(BOB, token.hash(), Optional.empty(), Map.of(), Duration.ofMillis(5), 100))
                .join();
        String next = poll(first, Duration.ofSeconds(30)).join().next();

        hub.wake(new Wake.Acked(read, BOB, Set.of(ANN), false));

        assertEquals(
                1,
                poll(Optional.of(next), Duration.ofSeconds(30)).join().reads().size());
    }

    @Test
    void anAuditFindsAChangeWhoseWakeWasLost() throws Exception {
        GroupId group = group("ops");
        String since = poll(Optional.empty(), Duration.ZERO).join().next();
        CompletableFuture<Update> poll = poll(Optional.of(since), Duration.ofSeconds(30));
        messages.send(group, ANN, new Draft("not heard", Optional.empty()));
        Audit audit = new Audit(hub, new RedisLook(redis));

        audit.compareRooms();
        assertFalse(poll.isDone(), "the wake may still be on its way");
        audit.run();

        assertEquals(1, poll.get(10, TimeUnit.SECONDS).messages().size());
        assertEquals(1, hub.stale().of(StaleCause.AUDIT));
    }

    @Test
    void aPollThatOpensWhileNoWakesArriveLooksInRedis() throws Exception {
        GroupId group = group("ops");
        Optional<String> since =
                Optional.of(poll(Optional.empty(), Duration.ZERO).join().next());
        poll(since, Duration.ofMillis(5)).join();
        hub.trust(false);
        messages.send(group, ANN, new Draft("not heard", Optional.empty()));

        Update update = poll(since, Duration.ofSeconds(30)).get(10, TimeUnit.SECONDS);

        assertEquals(1, update.messages().size());
    }

    @Test
    void aPollThatEndsWhileNoWakesArriveLooksInRedisBeforeItsAnswerIsEmpty() {
        GroupId group = group("ops");
        String since = poll(Optional.empty(), Duration.ZERO).join().next();
        CompletableFuture<Update> poll = poll(Optional.of(since), Duration.ofSeconds(1));
        hub.trust(false);

        messages.send(group, ANN, new Draft("not heard", Optional.empty()));

        assertEquals(1, poll.join().messages().size());
    }

    @Test
    void whileNoWakesArriveAnAuditFindsWhatHasChangedAtOnceAndNothingElse() throws Exception {
        GroupId group = group("ops");
        String since = poll(Optional.empty(), Duration.ZERO).join().next();
        CompletableFuture<Update> poll = poll(Optional.of(since), Duration.ofSeconds(30));
        Audit audit = new Audit(hub, new RedisLook(redis));
        hub.trust(false);
        long before = REDIS.scripts();
        audit.run();
        audit.run();
        assertEquals(0, REDIS.scripts() - before, "nothing looks while nothing changes");

        messages.send(group, ANN, new Draft("not heard", Optional.empty()));
        audit.run();

        assertEquals(1, poll.get(10, TimeUnit.SECONDS).messages().size());
    }

    @Test
    void whileNoWakesArriveAnAuditFindsAGroupThatTheUserHasJoined() throws Exception {
        String since = poll(Optional.empty(), Duration.ZERO).join().next();
        CompletableFuture<Update> poll = poll(Optional.of(since), Duration.ofSeconds(30));
        messages.send(group("ops"), ANN, new Draft("not heard", Optional.empty()));
        hub.trust(false);

        new Audit(hub, new RedisLook(redis)).run();

        assertEquals(1, poll.get(10, TimeUnit.SECONDS).messages().size());
    }

    @Test
    void whileNoWakesArriveAReceiptWaitLooksWhenItsGroupHasChanged() throws Exception {
        GroupId group = group("ops");
        AtomicInteger looks = new AtomicInteger();
        CompletableFuture<Boolean> wait =
                polls.untilRead(TOKEN.hash(), group, 1, Duration.ofSeconds(30), () -> looks.incrementAndGet() > 2);
        Audit audit = new Audit(hub, new RedisLook(redis));
        hub.trust(false);
        audit.run();
        Eventually.eventually("it looks, since nobody knows what it has missed", () -> looks.get() == 2);
        audit.run();
        audit.run();
        assertThrows(TimeoutException.class, () -> wait.get(300, TimeUnit.MILLISECONDS));

        messages.send(group, ANN, new Draft("not heard", Optional.empty()));
        audit.run();

        assertTrue(wait.get(10, TimeUnit.SECONDS));
        assertEquals(3, looks.get());
    }

    @Test
    void aWakeOfAnotherVersionMakesThoseLookThatItMayConcern() throws Exception {
        GroupId group = group("ops");
        String since = poll(Optional.empty(), Duration.ZERO).join().next();
        CompletableFuture<Update> poll = poll(Optional.of(since), Duration.ofSeconds(30));
        messages.send(group, ANN, new Draft("one", Optional.empty()));
        hub.wake(new Wake.Unknown(group, Set.of()));
        Update first = poll.get(10, TimeUnit.SECONDS);
        assertEquals(1, hub.stale().of(StaleCause.UNKNOWN_WAKE));
        CompletableFuture<Update> next = poll(Optional.of(first.next()), Duration.ofSeconds(30));
        GroupId other = group("dev");
        messages.send(other, ANN, new Draft("two", Optional.empty()));
        hub.wake(new Wake.Unknown(other, Set.of(ANN)));

        assertEquals(1, first.messages().size());
        assertEquals(1, next.get(10, TimeUnit.SECONDS).messages().size());
    }

    @Test
    void anAuditFindsAGroupThatWasSetBack() throws Exception {
        GroupId group = group("ops");
        messages.send(group, ANN, new Draft("lost with the restore", Optional.empty()));
        String since = poll(Optional.empty(), Duration.ZERO).join().next();
        CompletableFuture<Update> poll = poll(Optional.of(since), Duration.ofSeconds(30));
        REDIS.client().hset("sb:{ops}:info", Map.of("last_id", "0", "seq", "1"));
        REDIS.client().hset("sb:{ops}:acks", "ann", "0");
        REDIS.client().del("sb:{ops}:messages", "sb:{ops}:receipts");
        Audit audit = new Audit(hub, new RedisLook(redis));

        audit.compareRooms();
        audit.run();

        assertEquals(List.of(group), poll.get(10, TimeUnit.SECONDS).resync());
    }

    @Test
    void anAuditFindsAGroupWhoseWakeWasLost() throws Exception {
        String since = poll(Optional.empty(), Duration.ZERO).join().next();
        CompletableFuture<Update> poll = poll(Optional.of(since), Duration.ofSeconds(30));
        GroupId group = group("ops");
        messages.send(group, ANN, new Draft("not heard", Optional.empty()));

        new Audit(hub, new RedisLook(redis)).compareSeats();

        assertEquals(1, poll.get(10, TimeUnit.SECONDS).messages().size());
    }

    @Test
    void aChangeWhoseWakeIsLateIsFoundAtOnceWithATimeoutOfZero() {
        GroupId group = group("ops");
        String since = poll(Optional.empty(), Duration.ZERO).join().next();
        poll(Optional.of(since), Duration.ofMillis(5)).join();
        messages.send(group, ANN, new Draft("not heard", Optional.empty()));

        Update update = poll(Optional.of(since), Duration.ZERO).join();

        assertEquals(1, update.messages().size());
    }

    @Test
    void aPositionFromAServerThatHasHeardMoreIsNotForgotten() {
        GroupId group = group("ops");
        String first = poll(Optional.empty(), Duration.ZERO).join().next();
        poll(Optional.of(first), Duration.ofMillis(5)).join();
        messages.send(group, ANN, new Draft("heard elsewhere", Optional.empty()));
        GroupId other = group("dev");
        String since = poll(Optional.of(first), Duration.ZERO).join().next();

        Update update = poll(Optional.of(since), Duration.ofMillis(5)).join();

        assertEquals(List.of(), update.resync());
        assertEquals(List.of(), update.left(), () -> "it is in " + other);
        assertEquals(List.of(), update.messages());
    }

    /** Creates groups with long ids and high message ids, by copies of one group in a single pipeline. */
    private List<GroupId> thousandGroups() {
        String model = group("model").value();
        REDIS.client().hset("sb:{" + model + "}:info", "last_id", Long.toString(LAST_ID));
        REDIS.client().hset("sb:{" + model + "}:acks", "ann", Long.toString(LAST_ID));
        List<GroupId> ids = IntStream.range(1000, 2000)
                .mapToObj(i -> new GroupId("g".repeat(60) + i))
                .toList();
        try (var pipeline = REDIS.client().pipelined()) {
            for (GroupId id : ids) {
                for (String key : List.of("info", "acks", "members", "ordinals", "roster", "spells")) {
                    pipeline.copy("sb:{" + model + "}:" + key, "sb:{" + id + "}:" + key, true);
                }
                pipeline.sadd("sb:user:{ann}:groups", id.value());
            }
            pipeline.sync();
        }
        return ids;
    }

    private GroupState state(GroupId group) {
        return groups.get(group, ANN).state();
    }

    private void assertNothingIsLeft() {
        hub.forgetIdleSince(System.nanoTime());

        assertTrue(hub.isEmpty());
    }

    private GroupId group(String name) {
        GroupId id = new GroupId(name);
        groups.create(id, new Name(name), ReceiptPolicy.SENDER, ANN, Map.of(ANN, true));
        return id;
    }

    private CompletableFuture<Update> poll(Optional<String> since, Duration timeout) {
        return polls.open(new Ask(ANN, TOKEN.hash(), since, Map.of(), timeout, 100));
    }
}
