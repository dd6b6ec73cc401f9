package seenby.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;
import seenby.support.ApiClient;
import seenby.support.RunningServer;
import seenby.support.Sweeps;

/** Due receipts are found even if a timer or its expiry event is lost. */
class MissedTimersTest {
    private static final String EVENTS = "notify-keyspace-events";

    /** Its retention makes it scan once a second. */
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("receipts.retention=2s");

    private final RedisClient redis = SERVER.redis().client();
    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);

    @BeforeEach
    void turnEventsOn() {
        redis.configSet(EVENTS, "Ex");
    }

    private void awaitArchived() {
        eventually(
                "the message is archived",
                () -> ann.receipts(group, 1).get("archived").asBoolean());
    }

    private String due() {
        return Sweeps.key(group, "due");
    }

    private void killSubscriptions() {
        try (Jedis connection = SERVER.redis().connection()) {
            connection.clientKill(new ClientKillParams().type(ClientType.PUBSUB));
        }
    }

    @Test
    void aTimerThatExpiresWhileTheServerIsDownIsFound() {
        ann.send(group, "one");
        SERVER.stop();
        eventually("the timer expires", () -> !redis.exists(due()));

        SERVER.start();

        awaitArchived();
    }

    @Test
    void aTimerDeletedByHandIsFound() {
        ann.send(group, "one");
        assertEquals(1, redis.del(due()));

        awaitArchived();
    }

    /** It was set when the clock of Redis was ahead. */
    @Test
    void aTimerThatRunsForLongerThanTheRetentionIsFound() {
        ann.send(group, "one");
        assertEquals(1, redis.pexpire(due(), Duration.ofDays(365).toMillis()));

        awaitArchived();
    }

    @Test
    void aTimerThatExpiresWithoutAnEventIsFound() {
        redis.configSet(EVENTS, "");
        ann.send(group, "one");

        awaitArchived();

        assertEquals("", redis.configGet(EVENTS).get(EVENTS), "no subscription was opened again");
    }

    @Test
    void aTimerThatExpiresWithoutASubscriptionIsFound() {
        ann.send(group, "one");

        eventually("the timer expires without a subscription", () -> {
            killSubscriptions();
            return !redis.exists(due());
        });

        awaitArchived();
    }

    @Test
    void theNextSubscriptionTurnsEventsOnAgain() {
        redis.configSet(EVENTS, "Kg");

        killSubscriptions();

        eventually("the needed flags are added and the others stay", () -> {
            String flags = redis.configGet(EVENTS).getOrDefault(EVENTS, "");
            return flags.contains("K") && flags.contains("g") && flags.contains("E") && flags.contains("x");
        });
    }

    @Test
    void aTimerWithoutAGroupHasNoEffect() {
        String none = SERVER.group(ann, bob);
        redis.set(Sweeps.key(none, "due"), "");
        Sweeps.expire(SERVER, none);
        redis.set(Sweeps.key("no-such-group", "due"), "");
        Sweeps.expire(SERVER, "no-such-group");
        redis.set("sb:{NOT A GROUP}:due", "");
        redis.pexpire("sb:{NOT A GROUP}:due", 20);
        eventually("the timer expires", () -> !redis.exists("sb:{NOT A GROUP}:due"));

        ann.send(group, "one");
        awaitArchived();

        assertFalse(redis.exists(Sweeps.key("no-such-group", "info")));
        assertFalse(redis.exists(Sweeps.key("no-such-group", "sweep")));
        assertTrue(ann.send(none, "one") > 0);
    }
}
