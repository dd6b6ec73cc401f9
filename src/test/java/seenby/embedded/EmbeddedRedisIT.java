package seenby.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.embedded.EmbeddedClient.connect;
import static seenby.support.Eventually.eventually;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Tests that need a second JVM: the lock between processes, and a killed server. */
class EmbeddedRedisIT {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void aKilledServerLeavesItsDataButNoLock() throws IOException {
        Process killed = server();
        List<ProcessHandle> orphans = killed.descendants().toList();
        assertEquals(1, orphans.size());

        killed.destroyForcibly().onExit().join();
        assertTrue(orphans.get(0).isAlive());
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, Optional.empty());
                Jedis jedis = connect(redis)) {
            assertEquals("yes", jedis.get("kept"));
            assertFalse(RedisProcess.isRunning(orphans.get(0)));
        }
    }

    @Test
    void theServerOfAnotherProcessIsNotDisturbed() throws IOException {
        Process other = server();
        try {
            assertThrows(EmbeddedRedisException.class, () -> EmbeddedRedis.start(directory, Optional.empty()));

            assertEquals(1, other.descendants().filter(ProcessHandle::isAlive).count());
        } finally {
            List<ProcessHandle> all = other.descendants().toList();
            other.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
            eventually("no process is left", () -> all.stream().noneMatch(RedisProcess::isRunning));
        }
    }

    /** Starts a JVM that runs Redis on the directory and has stored a value in it. */
    private Process server() throws IOException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        Process process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName(),
                        directory.toString())
                .redirectError(Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        assertEquals("stored", output.readLine());
        return process;
    }

    /** The program of the other JVM. It waits to be killed. */
    static final class Server {
        private Server() {}

        public static void main(String[] words) throws InterruptedException {
            EmbeddedRedis redis = EmbeddedRedis.start(Path.of(words[0]), Optional.empty());
            try (Jedis jedis = connect(redis)) {
                jedis.set("kept", "yes");
            }
            System.out.println("stored");
            new CountDownLatch(1).await();
        }
    }
}
