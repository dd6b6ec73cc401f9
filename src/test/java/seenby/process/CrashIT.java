package seenby.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.support.ServerProcess;

/** {@code kill -9} of the packaged server or of its Redis while users send and ack. */
class CrashIT {
    private static final int USERS = 6;

    @TempDir
    private Path directory = Path.of("");

    private final Random random = new Random();

    @Test
    void killOfTheServerLosesNothingThatWasAnswered() {
        killTheServer(3);
    }

    @Test
    @Tag("soak")
    void manyKillsOfTheServerLoseNothingThatWasAnswered() {
        killTheServer(20);
    }

    private void killTheServer(int kills) {
        ServerProcess server = ServerProcess.start(directory);
        try (CrashWorkload workload = CrashWorkload.of(server, USERS)) {
            for (int kill = 1; kill <= kills; kill++) {
                workload.awaitSends(random.nextInt(100));
                List<ProcessHandle> orphans = server.redis();
                assertEquals(1, orphans.size());

                server.kill();
                if (kill % 3 == 0) {
                    killDuringTheStart();
                }
                server = ServerProcess.start(directory);

                assertEquals(1, server.redis().size());
                assertFalse(orphans.contains(server.redis().get(0)));
                workload.switchTo(server);
                workload.checkAnswered();
            }
            workload.end();
            workload.checkAll();
        } finally {
            server.close();
        }
    }

    private void killDuringTheStart() {
        ServerProcess half = ServerProcess.launch(directory);
        List<ProcessHandle> before = half.redis();
        eventually(
                "the start has ended the orphan or started a Redis",
                () -> !half.redis().equals(before));
        half.kill();
    }

    @Test
    void killOfRedisLosesNothingThatWasAnswered() {
        killRedis(2);
    }

    @Test
    @Tag("soak")
    void manyKillsOfRedisLoseNothingThatWasAnswered() {
        killRedis(10);
    }

    private void killRedis(int kills) {
        try (ServerProcess server = ServerProcess.start(directory);
                CrashWorkload workload = CrashWorkload.of(server, USERS)) {
            for (int kill = 1; kill <= kills; kill++) {
                workload.awaitSends(random.nextInt(100));
                List<ProcessHandle> redis = server.redis();
                redis.forEach(ProcessHandle::destroyForcibly);
                redis.forEach(it -> it.onExit().join());

                workload.awaitSends(10);

                assertTrue(server.redis().stream().noneMatch(redis::contains));
                workload.checkAnswered();
            }
            workload.end();
            workload.checkAll();
            assertTrue(server.err().contains("Redis has ended unexpectedly"), server.err());
            assertTrue(server.err().contains("Redis runs again"), server.err());
        }
    }
}
