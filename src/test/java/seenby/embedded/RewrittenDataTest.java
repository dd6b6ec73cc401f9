package seenby.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.embedded.EmbeddedClient.connect;
import static seenby.support.Eventually.eventually;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** Data that Redis has rewritten: a snapshot, which was synced before it took its place, and what was written since. */
class RewrittenDataTest {
    @TempDir
    private Path directory = Path.of("");

    private Path file() {
        return directory.resolve("redis/appendonly.aof");
    }

    @BeforeEach
    void leaveASnapshot() {
        try (EmbeddedRedis redis = start();
                Jedis jedis = connect(redis)) {
            jedis.set("kept", "yes");
            jedis.bgrewriteaof();
            eventually("the data is rewritten", () -> data().startsWith("REDIS"));
        }
    }

    private EmbeddedRedis start() {
        return EmbeddedRedis.start(directory, Optional.empty());
    }

    private String data() {
        try {
            return Files.readString(file(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0\0\0\0\0\0\0\0", "*1\r\n$5\r\nMU", "*1\r\n$5\r\nMULTI\r\n*3\r\n$3\r\nSET\r\n$\0\0\0"})
    void whatIsCutOffBehindTheSnapshotIsRemoved(String rest) throws IOException {
        String snapshot = data();
        Files.writeString(file(), rest, StandardOpenOption.APPEND);

        try (EmbeddedRedis redis = start();
                Jedis jedis = connect(redis)) {
            assertEquals("yes", jedis.get("kept"));
        }
        assertEquals(snapshot, data());
    }

    /** Redis takes the size at its start for that after a rewrite, and would wait until it has doubled. */
    @Test
    void dataThatIsMuchLargerOnDiskThanInMemoryIsRewrittenAtAStart() {
        String value = "x".repeat(1 << 20);
        try (EmbeddedRedis redis = start();
                Jedis jedis = connect(redis)) {
            jedis.configSet("auto-aof-rewrite-percentage", "0");
            IntStream.range(0, 70).forEach(i -> jedis.set("replaced", value));
        }
        assertTrue(bytes() > 64 << 20);

        try (EmbeddedRedis redis = start();
                Jedis jedis = connect(redis)) {
            eventually("the data is rewritten", () -> bytes() < 4 << 20);
            assertEquals("yes", jedis.get("kept"));
            assertEquals(value, jedis.get("replaced"));
        }
    }

    private long bytes() {
        return file().toFile().length();
    }

    @Test
    void whatAKilledRewriteLeavesIsRemoved() throws IOException {
        Path first = Files.createFile(file().resolveSibling("temp-rewriteaof-12.aof"));
        Path second = Files.createFile(file().resolveSibling("temp-rewriteaof-bg-11.aof"));

        try (EmbeddedRedis redis = start()) {
            assertTrue(redis.port() > 0);
            assertFalse(Files.exists(first));
            assertFalse(Files.exists(second));
        }
    }
}
