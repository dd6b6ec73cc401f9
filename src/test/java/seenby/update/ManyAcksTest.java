package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.redis.RedisStores;
import seenby.refusal.Refused;
import seenby.support.TestRedis;
import seenby.user.Name;
import seenby.user.Token;
import seenby.user.UserId;

/** What the acks of a poll cost Redis, however many groups it names. */
class ManyAcksTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final Token TOKEN = Token.random();
    private static final int MINE = 300;
    private static final int FOREIGN = 20_000;

    private final RedisStores store = new RedisStores(REDIS);
    private final List<GroupId> mine = groupsOfAnn();
    private final StoredPolls stored = new StoredPolls(store, Duration.ofMillis(20));
    private final Polls polls = stored.polls();

    @BeforeEach
    void createAnn() {
        store.users.create(ANN, new Name("Ann"), false, TOKEN);
    }

    @AfterEach
    void close() {
        stored.close();
    }

    /** Ann has three messages of Bob in each of her groups. */
    private List<GroupId> groupsOfAnn() {
        GroupId model = new GroupId("model");
        store.group(model, BOB, ANN);
        IntStream.range(0, 3).forEach(i -> store.send(model, BOB));
        return store.copies(model, ANN, MINE);
    }

    @Test
    void groupsOfOthersCostNoScripts() {
        poll(Map.of(mine.get(0), 1L)); // Redis knows the scripts from now on
        long looks = scriptsOf(Map.of());
        Map<GroupId, Long> acks = new HashMap<>();
        IntStream.range(0, FOREIGN).forEach(i -> acks.put(new GroupId("foreign-" + i), 1L));
        mine.forEach(group -> acks.put(group, 2L));

        long scripts = scriptsOf(acks);

        assertTrue(scripts <= looks + 2 * MINE + 1, "a look and an ack for each group of Ann, and a page of messages");
        assertEquals(MINE, cursorsAt(2));
    }

    @Test
    void groupsOfOthersAreInLeft() {
        GroupId foreign = new GroupId("foreign");
        store.group(foreign, BOB);
        GroupId nowhere = new GroupId("nowhere");

        Update update = poll(Map.of(foreign, 1L, nowhere, 1L, mine.get(0), 1L));

        assertEquals(List.of(foreign, nowhere), update.left());
    }

    @Test
    void aGroupThatTheIndexNamesTooLongIsInLeft() {
        GroupId gone = new GroupId("gone");
        REDIS.client().sadd("sb:user:{ann}:groups", gone.value());

        assertEquals(List.of(gone), poll(Map.of(gone, 1L)).left());
    }

    @Test
    void acksThatMoveNoCursorCostALookOnly() {
        Map<GroupId, Long> acks = new HashMap<>();
        mine.forEach(group -> acks.put(group, 2L));
        poll(acks);
        long looks = scriptsOf(Map.of());

        assertTrue(scriptsOf(acks) <= looks + MINE + 1);
        assertEquals(List.of(), poll(acks).left());
    }

    @Test
    void oneAckBeyondTheLastMessageAmongManyAcksNothing() {
        Map<GroupId, Long> acks = new HashMap<>();
        mine.forEach(group -> acks.put(group, 3L));
        acks.put(mine.get(MINE - 1), 4L);

        assertThrows(Refused.class, () -> poll(acks));

        assertEquals(MINE, cursorsAt(0));
    }

    /** How many scripts a poll with these acks runs; it reads the messages of one group. */
    private long scriptsOf(Map<GroupId, Long> acks) {
        long before = REDIS.scripts();
        poll(acks);
        return REDIS.scripts() - before;
    }

    private long cursorsAt(long id) {
        return store.groups.get(mine, ANN).stream()
                .flatMap(group -> group.standing().stream())
                .map(Group.Standing::lastAck)
                .filter(lastAck -> lastAck == id)
                .count();
    }

    private Update poll(Map<GroupId, Long> acks) {
        return polls.open(new Ask(ANN, TOKEN.hash(), Optional.empty(), acks, Duration.ZERO, 1))
                .join();
    }
}
