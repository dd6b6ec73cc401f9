package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.hub.Hub;
import seenby.hub.StaleCause;
import seenby.hub.Wake;
import seenby.receipt.GroupAck;
import seenby.redis.RedisStores;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.support.TestRedis;
import seenby.user.Caller;
import seenby.user.Name;
import seenby.user.Token;
import seenby.user.UserId;

/** Polls that open on the thread of all connections, which must not wait for the store. */
class QuietPollsTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final GroupId OPS = new GroupId("ops");
    private static final GroupId DEV = new GroupId("dev");
    private static final Token TOKEN = Token.random();
    private static final Duration LONG = Duration.ofSeconds(30);

    private final RedisStores store = new RedisStores(REDIS);
    private final Line line = new Line();
    private final StoredPolls stored = new StoredPolls(store, Duration.ofMillis(1), line);
    private final Hub hub = stored.hub();
    private final Polls polls = stored.polls();
    private final List<Runnable> deferred = new ArrayList<>();
    private final AtomicLong waited = new AtomicLong();

    /** The line of history, which may be in doubt, and what happens while a poll asks for it. */
    private static final class Line implements LineName {
        private boolean inDoubt;
        private String name = "line";
        private Runnable whenAsked = () -> {};

        @Override
        public String name() {
            inDoubt = false;
            return name;
        }

        @Override
        public Optional<String> known() {
            whenAsked.run();
            return inDoubt ? Optional.empty() : Optional.of(name);
        }
    }

    @BeforeEach
    void createUsersAndGroup() {
        store.users.trust(true);
        store.users.create(ANN, new Name("Ann"), false, TOKEN);
        store.users.create(BOB, new Name("Bob"), false, Token.random());
        store.group(OPS, ANN, BOB);
    }

    @AfterEach
    void close() {
        stored.close();
    }

    @Test
    void aPollWithoutNewsOpensFromMemoryAndHearsOfTheNextMessage() throws Exception {
        CompletableFuture<Update> poll = open(since());
        assertEquals(List.of(), deferred);
        assertFalse(poll.isDone());

        store.send(OPS, BOB);
        hub.wake(new Wake.Sent(state(OPS)));

        assertEquals(1, messages(poll));
    }

    @Test
    void aPollThatOpensFromMemoryEndsWithoutNewsWhereItBegan() throws Exception {
        String since = since();

        CompletableFuture<Update> poll = open(since, Duration.ofMillis(1));

        assertEquals(since, poll.get(10, TimeUnit.SECONDS).next());
        assertEquals(List.of(), deferred);
        assertTrue(waited.get() >= TimeUnit.MILLISECONDS.toNanos(1));
    }

    @Test
    void aPollThatFindsNewsAtItsFirstLookHasNotWaited() throws Exception {
        String since = since();
        store.send(OPS, BOB);
        hub.wake(new Wake.Sent(state(OPS)));

        assertEquals(1, messages(openDeferred(since)));

        assertEquals(0, waited.get());
    }

    /** The wake comes after the poll has looked at its groups, and before it waits. */
    @Test
    void aWakeWhileAPollOpensIsHeard() throws Exception {
        String since = since();
        List<Runnable> once = new ArrayList<>(List.of(() -> {
            store.send(OPS, BOB);
            hub.wake(new Wake.Sent(state(OPS)));
        }));
        List<Integer> asked = new ArrayList<>();
        line.whenAsked = () -> {
            asked.add(asked.size());
            // first for the position, then at the end of the look
            if (asked.size() == 2) {
                once.remove(0).run();
            }
        };

        CompletableFuture<Update> poll = polls.open(ask(Optional.of(since), LONG), deferred::add, waited::set);

        assertEquals(List.of(), once);
        assertEquals(List.of(), deferred);
        assertEquals(1, messages(poll));
    }

    @Test
    void aPollThatOpensWhileTheServerStopsEnds() throws Exception {
        String since = since();
        hub.finish();

        assertEquals(since, open(since).get(10, TimeUnit.SECONDS).next());
    }

    @Test
    void aMessageThatCameBeforeIsRead() throws Exception {
        assertIsDeferred(since -> {
            store.send(OPS, BOB);
            hub.wake(new Wake.Sent(state(OPS)));
            return open(since);
        });
    }

    @Test
    void aReadThatCameBeforeIsRead() throws Exception {
        store.send(OPS, ANN);
        String since = since();
        store.receipts.ackEach(BOB, List.of(new GroupAck(OPS, Optional.empty(), 0, 1)));
        hub.wake(new Wake.Acked(state(OPS), BOB, Set.of(ANN), false));

        CompletableFuture<Update> poll = openDeferred(since);

        assertEquals(1, poll.get(10, TimeUnit.SECONDS).reads().size());
    }

    @Test
    void aNudgeThatCameBeforeIsRead() throws Exception {
        store.send(OPS, BOB);
        String since = since();
        store.receipts.nudge(OPS, BOB, 1);
        hub.wake(new Wake.Nudged(state(OPS)));

        CompletableFuture<Update> poll = openDeferred(since);

        assertEquals(1, poll.get(10, TimeUnit.SECONDS).nudges().size());
    }

    @Test
    void aGroupThatTheUserHasJoinedOrLeftIsLookedUp() throws Exception {
        String since = since();
        store.group(DEV, BOB, ANN);
        store.send(DEV, BOB);
        hub.wake(new Wake.Moved(state(DEV), Set.of(ANN)));
        assertEquals(1, messages(openDeferred(since)));

        String inBoth = since();
        store.groups.leave(DEV, Caller.SERVER, ANN);
        hub.wake(new Wake.Moved(state(DEV), Set.of(ANN)));
        assertEquals(
                List.of(DEV), openDeferred(inBoth).get(10, TimeUnit.SECONDS).left());
    }

    @Test
    void nothingIsBelievedWithoutWakes() throws Exception {
        assertIsDeferred(since -> {
            hub.trust(false);
            store.send(OPS, BOB);
            return open(since);
        });
    }

    @Test
    void nothingIsBelievedThatIsInDoubt() throws Exception {
        assertIsDeferred(since -> {
            hub.lookAgain(StaleCause.SUBSCRIPTION);
            store.send(OPS, BOB);
            return open(since);
        });
    }

    @Test
    void aTokenThatIsNotRememberedIsLookedUp() {
        String since = since();
        store.users.doubt();
        store.users.replaceToken(ANN, Token.random());

        CompletableFuture<Update> poll = openDeferred(since);

        Throwable failure = assertThrows(CompletionException.class, poll::join).getCause();
        assertTrue(failure instanceof Refused refused && refused.refusal() == Refusal.UNAUTHORIZED);
    }

    @Test
    void aLineInDoubtIsLookedUp() throws Exception {
        String since = since();
        line.inDoubt = true;
        line.name = "other";
        store.send(OPS, BOB);

        CompletableFuture<Update> poll = openDeferred(since);

        assertEquals(List.of(OPS), poll.get(10, TimeUnit.SECONDS).resync());
    }

    @Test
    void theFirstPollAndOneAtOnceAndOneOfAnotherServerAreLookedUp() throws Exception {
        String since = since();
        store.send(OPS, BOB);
        hub.wake(new Wake.Sent(state(OPS)));

        assertEquals(1, messages(deferred(() -> polls.open(ask(Optional.empty(), LONG), deferred::add, waited::set))));
        assertEquals(1, messages(deferred(() -> open(since, Duration.ZERO))));
        try (StoredPolls other = new StoredPolls(store, Duration.ofMillis(1), line)) {
            assertEquals(
                    1,
                    messages(deferred(
                            () -> other.polls().open(ask(Optional.of(since), LONG), deferred::add, waited::set))));
        }
    }

    @Test
    void aPositionOfAnotherUserIsRefused() {
        String since = since();
        Ask ask = new Ask(BOB, TOKEN.hash(), Optional.of(since), Map.of(), LONG, 100);

        CompletableFuture<Update> poll = deferred(() -> polls.open(ask, deferred::add, waited::set));

        assertTrue(assertThrows(CompletionException.class, poll::join).getCause() instanceof Refused);
    }

    private void assertIsDeferred(Function<String, CompletableFuture<Update>> opened) throws Exception {
        String since = since();
        assertEquals(1, messages(deferred(() -> opened.apply(since))));
    }

    /** A position after everything; the user has a seat, and the token is remembered. */
    private String since() {
        String next = polls.open(ask(Optional.empty(), Duration.ZERO)).join().next();
        return polls.open(ask(Optional.of(next), Duration.ofMillis(1))).join().next();
    }

    private CompletableFuture<Update> open(String since) {
        return open(since, LONG);
    }

    /** Opens a poll, and checks that this thread asks the store for nothing. */
    private CompletableFuture<Update> open(String since, Duration timeout) {
        long before = store.redis.calls().count();
        CompletableFuture<Update> poll = polls.open(ask(Optional.of(since), timeout), deferred::add, waited::set);
        assertEquals(before, store.redis.calls().count());
        return poll;
    }

    private CompletableFuture<Update> openDeferred(String since) {
        return deferred(() -> open(since));
    }

    /** Opens a poll that takes the store, and then lets it look. */
    private CompletableFuture<Update> deferred(Supplier<CompletableFuture<Update>> opened) {
        CompletableFuture<Update> poll = opened.get();
        assertEquals(1, deferred.size());
        assertFalse(poll.isDone());
        deferred.remove(0).run();
        return poll;
    }

    private static Ask ask(Optional<String> since, Duration timeout) {
        return new Ask(ANN, TOKEN.hash(), since, Map.of(), timeout, 100);
    }

    private static int messages(CompletableFuture<Update> poll) throws Exception {
        return poll.get(10, TimeUnit.SECONDS).messages().size();
    }

    private GroupState state(GroupId group) {
        return store.groups.get(group, BOB).state();
    }
}
