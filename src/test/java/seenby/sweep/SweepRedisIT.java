package seenby.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import seenby.archive.Verification;
import seenby.support.ApiClient;
import seenby.support.ExternalRedis;
import seenby.support.ServerProcess;
import seenby.support.Sweeps;

/** Sweeps of the packaged server with a Redis that is killed, refuses CONFIG, or holds the lock of another server. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SweepRedisIT {
    private static final int MAX_KILLS = 20;
    private static final String[] WITHOUT_CONFIG = {"--user", "seenby", "on", ">right", "~*", "&*", "+@all", "-config"};

    @TempDir
    private Path directory = Path.of("");

    private Optional<ServerProcess> running = Optional.empty();

    private static ApiClient group(ServerProcess server) {
        ApiClient ann = server.user("ann");
        server.user("bob");
        ann.post("/v1/groups", Map.of("id", "ops", "members", List.of("bob"))).expect(201);
        return ann;
    }

    private static void awaitArchived(ApiClient user, long id) {
        eventually(
                "the message is archived",
                () -> user.receipts("ops", id).get("archived").asBoolean());
    }

    @Test
    void timersThatExpireWhileRedisIsDownAreFoundLater() {
        try (ServerProcess server = ServerProcess.start(directory, "receipts.retention=1s")) {
            ApiClient ann = group(server);
            for (int round = 1; round <= 3; round++) {
                long last = ann.send("ops", "hi");
                server.redis().forEach(ProcessHandle::destroyForcibly);
                eventually(
                        "the server is ready",
                        () -> server.admin().get("/readyz").status() == 200);

                awaitArchived(ann, last);
            }
            assertEquals(
                    3,
                    Sweeps.lines(server.dataDir().resolve("archive"), "ops", "").size());
        }
    }

    @Test
    void withoutExpiryEventsTheScanFindsDueReceipts() throws Exception {
        try (ExternalRedis redis = ExternalRedis.start(directory, WITHOUT_CONFIG);
                ServerProcess server =
                        ServerProcess.start(directory, "receipts.retention=1s", "redis.url=" + redis.url("seenby"))) {
            ApiClient ann = group(server);
            awaitArchived(ann, ann.send("ops", "one"));
            try (RedisClient client = redis.client()) {
                assertEquals("", client.configGet("notify-keyspace-events").get("notify-keyspace-events"));
            }
            awaitArchived(ann, ann.send("ops", "two"));

            assertEquals(
                    1,
                    server.err()
                            .lines()
                            .filter(line -> line.contains("notify-keyspace-events"))
                            .count(),
                    server.err());
        }
    }

    private ServerProcess server() {
        return running.orElseThrow();
    }

    private void start(ExternalRedis redis) {
        running = Optional.of(ServerProcess.start(
                directory,
                "receipts.retention=200ms",
                "rate.requests_per_second=0",
                "archive.segment_bytes=65536",
                "redis.url=" + redis.url("")));
    }

    @Test
    void theNextServerClosesTheSegmentOfAKilledOne() throws Exception {
        try (ExternalRedis redis = ExternalRedis.start(directory);
                RedisClient client = redis.client()) {
            start(redis);
            List<ApiClient> users = Stream.of("ann", "bob", "cem")
                    .map(name -> server().user(name))
                    .map(user -> new ApiClient(() -> server().port(), user.id(), user.token()))
                    .toList();
            try (SweepWorkload workload = SweepWorkload.of("swept", users, List.of())) {
                killInASweep(workload, client, redis);
                workload.awaitSends(5);
                workload.end();

                workload.awaitArchived();

                Path archive = server().dataDir().resolve("archive");
                workload.check(archive);
                Verification.of(archive);
                assertTrue(server().err().contains("Taking over the sweep of swept"), server().err());
                assertTrue(Sweeps.segments(archive, "swept").stream()
                        .anyMatch(segment -> segment.toString().endsWith(".gz")));
            } finally {
                server().close();
            }
        }
    }

    /** Kills the server until it leaves a lock of a sweep behind, which the next server finds. */
    private void killInASweep(SweepWorkload workload, RedisClient client, ExternalRedis redis) {
        eventually(
                "some messages are archived",
                () -> !"0".equals(client.hget(Sweeps.key(workload.group(), "info"), "archived_upto")));
        boolean isLockLeft = false;
        for (int kill = 0; kill < MAX_KILLS && !isLockLeft; kill++) {
            workload.awaitSends(5);
            eventually("a sweep is running", () -> client.exists(Sweeps.key("swept", "sweep")));
            server().kill();
            isLockLeft = client.exists(Sweeps.key("swept", "sweep"));
            start(redis);
        }
        assertTrue(isLockLeft);
    }
}
