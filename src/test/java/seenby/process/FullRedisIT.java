package seenby.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import seenby.support.ApiClient;
import seenby.support.ExternalRedis;
import seenby.support.ServerProcess;

/** The packaged server while its Redis has more data than its maxmemory allows. */
class FullRedisIT {
    private static final String RETENTION = "receipts.retention=2s";
    private static final String NONE = "0";
    private static final String TOO_LITTLE = "1";

    @TempDir
    private Path directory = Path.of("");

    private static void setMemory(RedisClient client, String bytes) {
        client.configSet("maxmemory", bytes);
    }

    private static ApiClient.Answer send(ApiClient user) {
        return user.post("/v1/groups/ops/messages", Map.of("text", "a word"));
    }

    private static void assertFull(JsonNode problem) {
        assertEquals("storage_full", problem.get("reason").asText());
        assertTrue(problem.get("detail").asText().contains("full"), problem::toString);
    }

    @Test
    void readingSweepingAndDeletingGoOnAndItIsToldFromARedisThatIsAway() throws IOException {
        try (ExternalRedis redis = ExternalRedis.start(directory);
                RedisClient client = redis.client();
                ServerProcess server = ServerProcess.start(directory, RETENTION, "redis.url=" + redis.url(""))) {
            ApiClient ann = server.user("ann");
            ApiClient bob = server.user("bob");
            ann.post("/v1/groups", Map.of("id", "ops", "members", List.of("bob")))
                    .expect(201);
            ann.post("/v1/groups", Map.of("id", "old", "members", List.of("bob")))
                    .expect(201);
            send(ann).expect(201);
            bob.ack("ops", 1);
            send(ann).expect(201);
            setMemory(client, TOO_LITTLE);

            assertFull(send(ann).problem(503, "unavailable"));
            assertFull(bob.post("/v1/groups", Map.of("id", "more")).problem(503, "unavailable"));
            assertTrue(server.admin()
                    .get("/readyz")
                    .problem(503, "unavailable")
                    .get("detail")
                    .asText()
                    .contains("maxmemory"));
            assertEquals(List.of("a word"), ApiClient.each(bob.poll("").get("messages"), "text"));
            ann.get("/v1/groups/ops/members").expect(200);
            eventually(
                    "the sweep goes on",
                    () -> ann.receipts("ops", 1).get("archived").asBoolean());
            bob.delete("/v1/groups/ops/members/bob").expect(204);
            ann.delete("/v1/groups/old").expect(204);
            assertEquals(
                    List.of("ops"), ApiClient.each(ann.get("/v1/groups").json().get("groups"), "id"));
            assertEquals(1, server.err("Changes are refused").size(), server.err());
            assertTrue(server.err("Changes are refused").get(0).contains("maxmemory"), server.err());

            setMemory(client, NONE);
            eventually("it is ready", () -> server.admin().get("/readyz").status() == 200);
            send(ann).expect(201);
            assertEquals(1, server.err("Redis takes writes again").size(), server.err());
            assertEquals(0, server.err("ERROR").size(), server.err());
        }
    }
}
