package seenby.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import seenby.support.ApiClient;
import seenby.support.ExternalRedis;
import seenby.support.Parallel;
import seenby.support.ServerProcess;
import seenby.support.Tools;

/** The packaged server with an external Redis. */
class ExternalRedisIT {
    @TempDir
    private Path directory = Path.of("");

    private final int port = Tools.freePort();
    private final List<ExternalRedis> started = new ArrayList<>();

    @AfterEach
    void endRedis() {
        started.forEach(ExternalRedis::close);
    }

    @Test
    void startWarnsOfARedisThatMayLoseMessagesAndUsesIt() throws IOException {
        redis("--appendonly", "yes", "--appendfsync", "everysec");

        try (ServerProcess server = ServerProcess.start(directory, "redis.url=redis://:right@127.0.0.1:" + port)) {
            assertTrue(server.err().contains("appendfsync is everysec"), server.err());
            server.admin().get("/readyz").expect(200);
            assertTrue(Files.notExists(server.dataDir().resolve("redis")));
            assertEquals(0, server.stop());
            assertTrue(started.get(0).isAlive());
        }
    }

    @Test
    void aUserWhoMayNotAskForInfoCanStart() throws IOException {
        redis();
        try (RedisClient client = started.get(0).client()) {
            client.executeCommand(new CommandArguments(Protocol.Command.ACL)
                    .addObjects("SETUSER", "modest", "on", ">right", "~sb:*", "&*", "+@all", "-info"));
        }

        try (ServerProcess server =
                ServerProcess.start(directory, "redis.url=" + started.get(0).url("modest"))) {
            server.admin().get("/readyz").expect(200);
            assertEquals(1, server.err("Redis refuses INFO").size(), server.err());
        }
    }

    @Test
    void startDoesNotWarnOfADurableRedis() throws IOException {
        redis("--appendonly", "yes", "--appendfsync", "always");

        try (ServerProcess server = ServerProcess.start(directory, "redis.url=redis://:right@127.0.0.1:" + port)) {
            assertFalse(server.err().contains("WARN"), server.err());
        }
    }

    @Test
    void wrongPasswordIsReportedInOneLineThatDoesNotRepeatIt() throws IOException {
        redis();

        assertRefused("redis://:a-wrong-one@127.0.0.1:" + port, "WRONGPASS");
        assertRefused("redis://127.0.0.1:" + port, "NOAUTH");
        assertRefused("redis://:right@127.0.0.1:" + port + "/99", "DB index is out of range");
    }

    private void assertRefused(String url, String reason) {
        try (ServerProcess server = ServerProcess.launch(directory, "redis.url=" + url)) {
            assertEquals(1, server.awaitExit());
            assertEquals(1, server.err().lines().count(), server.err());
            assertTrue(server.err().contains(reason), server.err());
            assertTrue(server.err().contains("redis.url"), server.err());
            assertFalse(server.err().contains("a-wrong-one"), server.err());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"allkeys-lru", "volatile-ttl"})
    void startRefusesARedisThatEvictsKeys(String policy) throws IOException {
        redis("--maxmemory-policy", policy, "--rename-command", "CONFIG", "");

        try (ServerProcess server = ServerProcess.launch(directory, "redis.url=redis://:right@127.0.0.1:" + port)) {
            assertEquals(1, server.awaitExit());
            assertEquals(1, server.err().lines().count(), server.err());
            assertTrue(server.err().contains("maxmemory-policy is " + policy), server.err());
            assertTrue(server.err().contains("Set maxmemory-policy to noeviction."), server.err());
        }
    }

    @Test
    void aRedisThatComesBackAndEvictsKeysIsRefusedUntilItIsSetRight() throws IOException {
        redis("--appendonly", "yes", "--appendfsync", "always");
        try (ServerProcess server = ServerProcess.start(directory, "redis.url=redis://:right@127.0.0.1:" + port)) {
            started.get(0).kill();
            redis("--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "allkeys-lru");

            eventually("it is refused", () -> server.err().contains("maxmemory-policy is allkeys-lru"));
            server.admin().polling("", 55).join().expect(503);
            server.admin().get("/readyz").problem(503, "unavailable");

            try (RedisClient client = RedisClient.create("redis://:right@127.0.0.1:" + port)) {
                client.configSet("maxmemory-policy", "noeviction");
            }
            eventually(
                    "it is subscribed again",
                    () -> server.err()
                                    .lines()
                                    .filter(line -> line.endsWith("Subscribed to Redis."))
                                    .count()
                            > 1);
            assertEquals(1, server.err("Not subscribed").size());
        }
    }

    @Test
    void serverAnswers503WhileRedisIsAwayAndRecoversWhenItIsBack() throws IOException {
        redis("--appendonly", "yes", "--appendfsync", "always");
        try (ServerProcess server = ServerProcess.start(directory, "redis.url=redis://:right@127.0.0.1:" + port)) {
            var poll = server.admin().polling("", 55);
            started.get(0).kill();

            // after some seconds without Redis, open polls are told to come back
            assertEquals("1", poll.join().expect(503).header("Retry-After"));
            server.admin().get("/v1/me").problem(503, "unavailable");
            server.admin().get("/readyz").problem(503, "unavailable");
            server.admin().get("/healthz").expect(200);

            redis("--appendonly", "yes", "--appendfsync", "always");
            eventually(
                    "the server is ready", () -> server.admin().get("/readyz").status() == 200);
            server.admin().get("/v1/me").expect(200);
        }
    }

    @Test
    void aRedisThatEndsIdleConnectionsRefusesNobody() throws IOException {
        redis("--timeout", "1");
        try (ServerProcess server = ServerProcess.start(directory, "redis.url=redis://:right@127.0.0.1:" + port)) {
            ApiClient admin = server.admin();
            for (int round = 0; round < 3; round++) {
                List<Integer> statuses =
                        Parallel.call(40, i -> admin.get("/v1/groups").status());
                assertEquals(Set.of(200), Set.copyOf(statuses));
                // the subscription, the heartbeat and this client
                eventually("Redis has ended the idle connections", () -> connections() <= 4);
            }
        }
    }

    private int connections() {
        try (RedisClient client = started.get(0).client()) {
            return Integer.parseInt(client.info("clients").replaceAll("(?s).*connected_clients:(\\d+).*", "$1"));
        }
    }

    @Test
    void aPauseOfTheServerIsNoSilenceAndOneOfRedisIsToldOnceWhenItBeginsAndWhenItEnds() throws IOException {
        redis();
        try (ServerProcess server = ServerProcess.start(directory, "redis.url=redis://:right@127.0.0.1:" + port);
                RedisClient client = started.get(0).client()) {
            long serverPid = server.pid();
            assertTrue(Tools.work("kill -STOP " + serverPid + "; sleep 4; kill -CONT " + serverPid));
            awaitHeartbeats(client, 3);
            assertEquals(0, server.err("subscription").size(), server.err());

            signal("STOP");
            try {
                eventually("the silence is told", () -> server.err("is silent").size() == 1);
            } finally {
                signal("CONT");
            }
            eventually(
                    "it is told that the silence ends",
                    () -> server.err("None was lost").size() == 1);
            awaitHeartbeats(client, 3);
            assertEquals(1, server.err("is silent").size(), server.err());
            assertEquals(2, server.err("subscription").size(), server.err());
        }
    }

    private void signal(String name) {
        assertTrue(Tools.work("kill -" + name + " " + started.get(0).pid()));
    }

    private static void awaitHeartbeats(RedisClient client, int count) {
        long before = heartbeats(client);
        eventually("more heartbeats", () -> heartbeats(client) >= before + count);
    }

    private static long heartbeats(RedisClient client) {
        return Long.parseLong(client.info("commandstats").replaceAll("(?s).*cmdstat_publish:calls=(\\d+).*", "$1"));
    }

    private void redis(String... settings) throws IOException {
        started.add(ExternalRedis.startAt(port, directory, settings));
    }
}
