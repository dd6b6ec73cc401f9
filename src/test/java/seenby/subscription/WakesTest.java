package seenby.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;
import seenby.account.RedisUsers;
import seenby.group.ClockWarning;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.group.ReceiptPolicy;
import seenby.hub.Wake;
import seenby.message.Draft;
import seenby.redis.Redis;
import seenby.redis.RedisGroups;
import seenby.redis.RedisMessages;
import seenby.redis.RedisReceipts;
import seenby.support.TestRedis;
import seenby.user.Caller;
import seenby.user.Name;
import seenby.user.Token;
import seenby.user.UserId;

/** The wakes that a server receives for writes by itself or by another server. */
class WakesTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final GroupId GROUP = new GroupId("wakes");
    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final UserId CAT = new UserId("cat");

    private final List<Wake> received = new CopyOnWriteArrayList<>();
    private final Redis redis = Redis.at(REDIS.url());
    private final RedisGroups groups = new RedisGroups(redis, Clock.systemUTC(), (of, incarnation) -> {});
    private final RedisReceipts receipts = new RedisReceipts(redis, Clock.systemUTC());
    private final RedisMessages messages =
            new RedisMessages(redis, Clock.systemUTC(), new ClockWarning(), Duration.ofHours(24), Duration.ofDays(7));
    private final Events events = new Events(redis, new QuietListener() {
        @Override
        public void wake(Wake wake) {
            received.add(wake);
        }
    });

    @BeforeEach
    void subscribe() throws InterruptedException {
        REDIS.flush();
        assertTrue(events.start(10_000));
    }

    @AfterEach
    void close() {
        events.close();
        redis.close();
    }

    @Test
    void everyChangeOfAGroupPublishesItsWake() {
        groups.create(GROUP, new Name("Wakes"), ReceiptPolicy.SENDER, ANN, Map.of(ANN, true));
        String incarnation = groups.get(GROUP, ANN).incarnation();
        groups.join(GROUP, Caller.SERVER, Map.of(BOB, true, CAT, true));
        messages.send(GROUP, ANN, new Draft("hello", Optional.empty()));
        receipts.ack(GROUP, BOB, 1);
        groups.change(GROUP, Caller.SERVER, Optional.empty(), Optional.of(ReceiptPolicy.MEMBERS), Optional.empty());
        receipts.ackOne(GROUP, CAT, 1);
        groups.leave(GROUP, Caller.SERVER, BOB);
        groups.close(GROUP, Caller.SERVER, false);

        assertReceives(
                new Wake.Moved(state(incarnation, 1, ReceiptPolicy.SENDER, 0, 0), Set.of(ANN)),
                new Wake.Moved(state(incarnation, 2, ReceiptPolicy.SENDER, 0, 0), Set.of(BOB, CAT)),
                new Wake.Sent(state(incarnation, 3, ReceiptPolicy.SENDER, 1, 0)),
                new Wake.Acked(state(incarnation, 4, ReceiptPolicy.SENDER, 1, 1), BOB, Set.of(ANN), false),
                new Wake.Changed(state(incarnation, 5, ReceiptPolicy.MEMBERS, 1, 1)),
                new Wake.Acked(state(incarnation, 6, ReceiptPolicy.MEMBERS, 1, 2), CAT, Set.of(), true),
                new Wake.Moved(state(incarnation, 7, ReceiptPolicy.MEMBERS, 1, 2), Set.of(BOB)),
                new Wake.Gone(state(incarnation, 8, ReceiptPolicy.MEMBERS, 1, 2)));
    }

    @Test
    void aWriteThatChangesNothingPublishesNoWake() {
        groups.create(GROUP, new Name("Wakes"), ReceiptPolicy.SENDER, ANN, Map.of(ANN, true));
        String incarnation = groups.get(GROUP, ANN).incarnation();
        groups.join(GROUP, Caller.SERVER, Map.of(ANN, true));
        messages.send(GROUP, ANN, new Draft("hello", Optional.of("c-1")));
        messages.send(GROUP, ANN, new Draft("hello", Optional.of("c-1")));
        receipts.ack(GROUP, ANN, 1);
        receipts.ackOne(GROUP, ANN, 1);
        groups.close(GROUP, Caller.SERVER, false);

        assertReceives(
                new Wake.Moved(state(incarnation, 1, ReceiptPolicy.SENDER, 0, 0), Set.of(ANN)),
                new Wake.Sent(state(incarnation, 2, ReceiptPolicy.SENDER, 1, 0)),
                new Wake.Gone(state(incarnation, 3, ReceiptPolicy.SENDER, 1, 0)));
    }

    private static GroupState state(String incarnation, long seq, ReceiptPolicy receipts, long lastId, long lastRead) {
        return new GroupState(GROUP, incarnation, seq, receipts, 1, lastId, lastRead, 0);
    }

    @Test
    void aWakeOfTheFirstVersionNamesItsGroupAndUsers() {
        assertEquals(new Wake.Unknown(GROUP, Set.of()), WakeParser.parse("message wakes 0123456789 7"));
        assertEquals(new Wake.Unknown(GROUP, Set.of(BOB, CAT)), WakeParser.parse("member wakes bob,cat"));
        assertEquals(new Wake.Unknown(GROUP, Set.of()), WakeParser.parse("later wakes a b c d e f g"));
    }

    @Test
    void aReplacedTokenPublishesAWake() {
        RedisUsers users = new RedisUsers(redis, Clock.systemUTC());
        Token first = Token.random();
        users.create(ANN, new Name("Ann"), false, first);
        users.replaceToken(ANN, Token.random());

        assertReceives(new Wake.Revoked(first.hash()));
    }

    @Test
    void theRightsThatTheManualNamesAreEnough() throws InterruptedException {
        assertTrue(subscribes("&sb:*", "&__keyevent@0__:expired"));
    }

    @Test
    void aSubscriptionWithoutTheRightToAChannelTellsWhy() throws InterruptedException {
        assertFalse(subscribes("&sb:wakes@0", "&sb:loops@0", "&__keyevent@0__:expired"));
    }

    /** Whether a user with the right to these channels can subscribe. */
    private static boolean subscribes(String... channels) throws InterruptedException {
        URI at = REDIS.url();
        List<String> rights = new ArrayList<>(List.of("on", ">secret", "resetchannels", "~sb:*", "+@all"));
        rights.addAll(List.of(channels));
        try (Jedis connection = REDIS.connection()) {
            connection.aclSetUser("plain", rights.toArray(String[]::new));
            try (Redis plain = Redis.at(URI.create("redis://plain:secret@" + at.getHost() + ":" + at.getPort()));
                    Events other = new Events(plain, new QuietListener() {})) {
                boolean subscribed = other.start(1000);
                assertTrue(subscribed || other.problem().contains("NOPERM"), other.problem());
                return subscribed;
            } finally {
                connection.aclDelUser("plain");
            }
        }
    }

    /** Wakes arrive in the order of the writes, so no further wake can follow the last one. */
    private void assertReceives(Wake... expected) {
        eventually("the last wake is received: " + received, () -> received.contains(expected[expected.length - 1]));
        assertEquals(List.of(expected), received);
    }
}
