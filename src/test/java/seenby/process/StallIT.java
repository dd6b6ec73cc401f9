package seenby.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** Redis stalls for longer than a request waits for it, but no connection is lost. */
@Order(1) // one of the longest
class StallIT {
    private static final int GROUPS = 300;

    /** Longer than the server waits for Redis, shorter than this test does. */
    private static final long STALL_MILLIS = 1900;

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private final RedisClient redis = SERVER.redis().client();
    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");

    private void createGroups() {
        IntStream.range(0, GROUPS).forEach(i -> SERVER.group(ann, bob));
    }

    private void stall() {
        try (Jedis connection = SERVER.redis().connection()) {
            connection.clientPause(STALL_MILLIS);
        }
    }

    @Test
    void aDeletionThatIsCutOffIsFinishedWithinSecondsAndARepeatedCallGoesOn() {
        createGroups();
        CompletableFuture<ApiClient.Answer> deletion =
                CompletableFuture.supplyAsync(() -> SERVER.admin().delete("/v1/users/" + bob.id()));
        eventually("the deletion runs", () -> redis.hexists("sb:user:{" + bob.id() + "}", "deleted"));
        stall();

        deletion.join().problem(503, "unavailable");

        assertTrue(redis.exists("sb:user:{" + bob.id() + "}:groups"), "it is half done");
        awaitReady();
        int again = SERVER.admin().delete("/v1/users/" + bob.id()).status();
        assertTrue(again == 204 || again == 404, () -> "answered " + again);
        eventually("nothing is unfinished", () -> !redis.exists("sb:loops"));
        assertAlone();
    }

    @Test
    void anOptOutThatIsCutOffIsFinishedWithinSeconds() {
        createGroups();
        CompletableFuture<ApiClient.Answer> optOut =
                CompletableFuture.supplyAsync(() -> bob.patch("/v1/me", Map.of("send_read_receipts", false)));
        eventually("the opt-out runs", () -> "0".equals(redis.hget("sb:user:{" + bob.id() + "}", "receipts")));
        stall();

        optOut.join().problem(503, "unavailable");

        awaitReady();
        eventually("nothing is unfinished", () -> !redis.exists("sb:loops"));
        for (String group : redis.smembers("sb:user:{" + bob.id() + "}:groups")) {
            assertFalse(redis.hexists("sb:{" + group + "}:ordinals", bob.id()), group);
        }
    }

    @Test
    void theDeletionOfAGroupThatIsCutOffIsFinishedWithinSeconds() {
        String group = SERVER.group(ann, bob);
        redis.hset("sb:{" + group + "}:info", Map.of("last_ordinal", "500000")); // so many steps
        CompletableFuture<ApiClient.Answer> deletion =
                CompletableFuture.supplyAsync(() -> ann.delete("/v1/groups/" + group));
        eventually("the deletion runs", () -> redis.hexists("sb:{" + group + "}:info", "deleting"));
        stall();

        deletion.join().problem(503, "unavailable");

        awaitReady();
        eventually("nothing is left", () -> redis.keys("*{" + group + "}*").isEmpty());
        eventually("its id is free", () -> !redis.sismember("sb:groups", group));
    }

    private static void awaitReady() {
        eventually(
                "Redis answers the server", () -> SERVER.admin().get("/readyz").status() == 200);
    }

    private void assertAlone() {
        for (String group : redis.smembers("sb:user:{" + ann.id() + "}:groups")) {
            assertEquals(1, redis.hlen("sb:{" + group + "}:acks"), group);
        }
    }
}
