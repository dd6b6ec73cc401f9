package seenby.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.support.ApiClient;
import seenby.support.Parallel;
import seenby.support.ServerProcess;
import seenby.support.Tools;

/** The packaged server while its Redis runs and answers nothing. */
class HungRedisIT {
    /** It promises 2 s. A busy machine adds to it, but a call without a breaker would wait for each other call too. */
    private static final Duration SOON = Duration.ofSeconds(4);

    private static final int CLIENTS = 100;

    @TempDir
    private Path directory = Path.of("");

    /** A server, a member of its group, and the process of its Redis. */
    private record Running(ServerProcess server, ApiClient ann, long redis) implements AutoCloseable {
        static Running start(Path directory) {
            ServerProcess server = ServerProcess.start(directory);
            ApiClient ann = server.user("ann");
            ann.post("/v1/groups", Map.of("id", "ops")).expect(201);
            return new Running(server, ann, server.redis().get(0).pid());
        }

        void signal(String name) {
            assertTrue(Tools.work("kill -" + name + " " + redis));
        }

        ApiClient.Answer send() {
            return ann.post("/v1/groups/ops/messages", Map.of("text", "a word"));
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private static void assertSoon(Supplier<ApiClient.Answer> call) {
        long begin = System.nanoTime();
        assertEquals("1", call.get().expect(503).header("Retry-After"));
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(took.compareTo(SOON) < 0, took::toString);
    }

    @Test
    void nobodyWaitsAndTheLogTellsOnceWhenItBeginsAndWhenItEnds() {
        try (Running running = Running.start(directory)) {
            ServerProcess server = running.server();
            running.send().expect(201);
            running.signal("STOP");

            Parallel.call(CLIENTS, i -> {
                assertSoon(running::send);
                return i;
            });
            server.admin().get("/healthz").expect(200);
            assertSoon(() -> server.admin().get("/readyz"));
            assertSoon(() -> running.ann().get("/v1/groups/ops/messages"));
            assertEquals(1, server.err("[WARN]").size(), server.err());
            assertTrue(server.err("[WARN]").get(0).contains("timed out"), server.err());

            running.signal("CONT");
            eventually("it is ready", () -> server.admin().get("/readyz").status() == 200);
            running.send().expect(201);
            eventually("it is told", () -> server.err("Redis answers again").size() == 1);
            assertEquals(1, server.err("[WARN]").size(), server.err());
        }
    }

    @Test
    void theServerStopsBeforeDockerKillsIt() {
        try (Running running = Running.start(directory)) {
            ApiClient ann = running.ann();
            var unused = ann.polling(ann.poll("").get("next").asText(), 55);
            running.signal("STOP");
            assertSoon(running::send);
            long begin = System.nanoTime();

            assertEquals(0, running.server().stop());

            long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
            assertTrue(seconds < 8, () -> seconds + " s");
            assertEquals(List.of(), running.server().redis());
        }
    }
}
