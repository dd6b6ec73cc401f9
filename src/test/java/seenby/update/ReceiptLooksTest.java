package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.hub.Hub;
import seenby.hub.Wake;
import seenby.redis.RedisStores;
import seenby.support.Eventually;
import seenby.support.TestRedis;
import seenby.user.Name;
import seenby.user.Token;
import seenby.user.UserId;

/** How often requests that wait for receipts look, and where. */
class ReceiptLooksTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final GroupId GROUP = new GroupId("group");
    private static final Token TOKEN = Token.random();
    private static final int WAITS = 40;
    private static final int ACKS = 100;

    private final RedisStores store = new RedisStores(REDIS);
    private final StoredPolls stored = new StoredPolls(store, Duration.ofSeconds(50));
    private final Hub hub = stored.hub();
    private final Polls polls = stored.polls();
    private final AtomicInteger looks = new AtomicInteger();
    private final Set<String> threads = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean settled = new AtomicBoolean();

    @AfterEach
    void close() {
        stored.close();
    }

    @Test
    void aBurstOfAcksIsOneLookOfAllRequestsOfAUser() {
        store.users.create(ANN, new Name("Ann"), false, TOKEN);
        store.group(GROUP, ANN, BOB);
        GroupState state = store.groups.get(GROUP, ANN).state();
        List<CompletableFuture<Boolean>> waits = IntStream.range(0, WAITS)
                .mapToObj(i -> polls.untilRead(TOKEN.hash(), GROUP, 1, Duration.ofSeconds(30), this::look))
                .toList();
        Eventually.eventually("each has looked", () -> looks.get() == WAITS);

        IntStream.range(0, ACKS).forEach(i -> hub.wake(new Wake.Acked(state, BOB, Set.of(ANN), false)));
        Eventually.eventually("one has looked again", () -> looks.get() > WAITS);
        settled.set(true);
        hub.wake(new Wake.Acked(state, BOB, Set.of(ANN), false));

        waits.forEach(wait -> assertTrue(wait.join()));
        assertTrue(looks.get() <= WAITS + 2, () -> looks + " looks");
        Eventually.eventually("nothing waits", () -> hub.count() == 0);
    }

    @Test
    void looksHaveThreadsOfTheirOwn() {
        store.users.create(ANN, new Name("Ann"), false, TOKEN);
        settled.set(true);

        polls.untilRead(TOKEN.hash(), GROUP, 1, Duration.ofSeconds(30), this::look)
                .join();

        assertEquals(Set.of("receipt-wait-1"), threads);
    }

    private boolean look() {
        looks.incrementAndGet();
        threads.add(Thread.currentThread().getName());
        return settled.get();
    }
}
