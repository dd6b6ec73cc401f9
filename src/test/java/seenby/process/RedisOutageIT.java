package seenby.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static seenby.support.Eventually.eventually;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.support.ApiClient;
import seenby.support.Scrape;
import seenby.support.ServerProcess;

/** What a client sees when the embedded Redis dies and is started again. */
class RedisOutageIT {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void openPollSurvivesARestartOfRedisAndGetsTheNextMessage() {
        try (ServerProcess server = ServerProcess.start(directory)) {
            ApiClient alice = server.user("alice");
            ApiClient bob = server.user("bob");
            alice.post("/v1/groups", Map.of("id", "ops", "members", List.of("bob")))
                    .expect(201);
            // with a position, it opens from memory: it does not look at Redis when that has gone
            CompletableFuture<ApiClient.Answer> poll =
                    bob.polling(bob.poll("").get("next").asText(), 55);
            eventually("bob's poll is open", () -> Scrape.by(server.admin()).value("seenby_polls_open") == 1);
            ProcessHandle redis = server.redis().get(0);

            redis.destroyForcibly();
            eventually(
                    "another Redis runs",
                    () -> !server.redis().contains(redis) && !server.redis().isEmpty());
            eventually(
                    "the server is ready again",
                    () -> server.admin().get("/readyz").status() == 200);
            assertFalse(poll.isDone());
            alice.send("ops", "after");

            assertEquals(
                    "after",
                    poll.join().expect(200).json().at("/messages/0/text").asText());
            assertEquals(1, server.err("Redis has ended unexpectedly").size(), server.err());
            assertEquals(1, server.err("Redis runs again").size(), server.err());
        }
    }
}
