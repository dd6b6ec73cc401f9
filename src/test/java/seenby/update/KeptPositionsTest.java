package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.group.GroupId;
import seenby.redis.Keys;
import seenby.redis.RedisStores;
import seenby.support.TestRedis;
import seenby.user.Name;
import seenby.user.Token;
import seenby.user.UserId;

/** What the positions of a member of 1,000 groups cost Redis. */
class KeptPositionsTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final UserId ANN = new UserId("ann");
    private static final Token TOKEN = Token.random();

    /** The changes in so few groups fit a URL. */
    private static final int FITTING = 50;

    private final RedisStores store = new RedisStores(REDIS);
    private final List<GroupId> groups = thousandGroups();
    private final StoredPolls stored = new StoredPolls(store, Duration.ofMillis(20));
    private final Polls polls = stored.polls();

    @BeforeEach
    void createAnn() {
        store.users.create(ANN, new Name("Ann"), false, TOKEN);
        store.users.trust(true);
    }

    @AfterEach
    void close() {
        stored.close();
    }

    @Test
    void aStreamOfEventsInManyGroupsKeepsAPositionOnlyWhenTheChangesOutgrowAUrl() {
        String since = follow(Optional.empty()).next();
        long writes = REDIS.calls("set");
        List<String> positions = new ArrayList<>();

        for (int sent = 0; sent < 400; sent += 100) {
            groups.subList(sent, sent + 100).forEach(group -> store.send(group, ANN));
            Stretch stretch = follow(Optional.of(since));
            assertEquals(100, stretch.steps().size());
            stretch.steps().forEach(step -> positions.add(step.next()));
            since = stretch.next();
        }

        assertTrue(REDIS.calls("set") - writes <= 400 / FITTING, () -> REDIS.calls("set") - writes + " writes");
        assertEquals(400, positions.stream().distinct().count());
        assertEquals(since, positions.get(399));
        assertEquals(
                groups.get(223),
                follow(Optional.of(positions.get(222)))
                        .steps()
                        .get(0)
                        .messages()
                        .get(0)
                        .group());
    }

    @Test
    void aStreamOfSingleEventsInAFewGroupsKeepsNoPosition() {
        String since = follow(Optional.empty()).next();
        long writes = REDIS.calls("set") + REDIS.calls("getex") + REDIS.calls("expire");

        for (int i = 0; i < 120; i++) {
            store.send(groups.get(i % FITTING), ANN);
            Stretch stretch = follow(Optional.of(since));
            assertEquals(1, stretch.steps().size());
            since = stretch.next();
        }

        assertEquals(0, REDIS.calls("set") + REDIS.calls("getex") + REDIS.calls("expire") - writes);
    }

    @Test
    void aPollWithAKeptPositionAsksRedisForNothing() {
        Optional<String> since =
                Optional.of(poll(Optional.empty(), Duration.ZERO).next());
        poll(since, Duration.ofMillis(5));
        long before = REDIS.commands();

        for (int i = 0; i < 10; i++) {
            assertTrue(poll(since, Duration.ofMillis(5)).isEmpty());
        }

        assertEquals(0, REDIS.commands() - before);
    }

    @Test
    void aPollWithoutAPositionKeepsTheSameOneOnce() {
        String next = poll(Optional.empty(), Duration.ZERO).next();
        long writes = REDIS.calls("set");

        assertEquals(next, poll(Optional.empty(), Duration.ZERO).next());

        assertEquals(0, REDIS.calls("set") - writes);
    }

    @Test
    void pollsGoOnWhileRedisIsFullAndItGetsThePositionLater() {
        Optional<String> first =
                Optional.of(poll(Optional.empty(), Duration.ZERO).next());
        groups.subList(0, 100).forEach(group -> store.send(group, ANN));
        REDIS.client().configSet("maxmemory", "1");
        Optional<String> next;
        try {
            Update news = poll(first, Duration.ZERO);
            next = Optional.of(news.next());
            assertEquals(100, news.messages().size());
            assertTrue(poll(next, Duration.ofMillis(5)).isEmpty());
            assertEquals(1, keptPositions());
        } finally {
            REDIS.client().configSet("maxmemory", "0");
        }

        assertTrue(poll(next, Duration.ofMillis(5)).isEmpty());
        assertEquals(2, keptPositions());
    }

    private static int keptPositions() {
        return REDIS.client().keys(Keys.position(ANN, "*")).size();
    }

    private Stretch follow(Optional<String> since) {
        return polls.follow(ask(since, Duration.ZERO)).join();
    }

    private Update poll(Optional<String> since, Duration timeout) {
        return polls.open(ask(since, timeout)).join();
    }

    private static Ask ask(Optional<String> since, Duration timeout) {
        return new Ask(ANN, TOKEN.hash(), since, Map.of(), timeout, 100);
    }

    /** They have a message, so a later one sets no timer. */
    private List<GroupId> thousandGroups() {
        GroupId model = new GroupId("model");
        store.group(model, ANN);
        store.send(model, ANN);
        return store.copies(model, ANN, 1000);
    }
}
