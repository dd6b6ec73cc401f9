package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import seenby.redis.Redis;
import seenby.redis.Schema;
import seenby.refusal.Unavailable;
import seenby.support.TestRedis;

/** When a new line of history begins. */
class HistoryLineTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    @TempDir
    private Path dataDir = Path.of("");

    private final Redis redis = Redis.at(REDIS.url());
    private final Schema schema = new Schema(redis);

    @BeforeEach
    void flush() {
        REDIS.flush();
    }

    @AfterEach
    void close() {
        redis.close();
    }

    private HistoryLine embedded() {
        return new HistoryLine(schema, dataDir, true);
    }

    private HistoryLine external(String directory) {
        return new HistoryLine(schema, dataDir.resolve(directory), false);
    }

    private Path file() {
        return dataDir.resolve("line");
    }

    private static long number() {
        return Long.parseLong(REDIS.client().hget("sb:line", "number"));
    }

    private static void setBackTo(long number) {
        REDIS.client().hset("sb:line", "number", Long.toString(number));
    }

    @Test
    void aRaiseIsInRedisAndThenInTheFileOfTheOwner() throws IOException {
        HistoryLine line = embedded();
        line.raise();
        line.raise();

        assertEquals(2, number());
        assertEquals("2\n", Files.readString(file()));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void theLineGoesOnAfterARestartOrACrashBetweenTheTwo() throws IOException {
        String name = embedded().name();
        assertEquals(name, embedded().name(), "after a restart");

        Files.writeString(file(), "1\n");

        assertEquals(name, embedded().name(), "Redis is ahead of the file");
    }

    @Test
    void aRedisBelowTheRememberedNumberBeginsANewLine() {
        HistoryLine line = embedded();
        for (int i = 0; i < 5; i++) {
            assertFalse(line.raise());
        }
        String name = line.name();
        setBackTo(4);

        assertTrue(line.raise());

        assertNotEquals(name, line.name());
        assertEquals(6, number(), "above all numbers of the line before");
        assertFalse(line.raise());
    }

    @Test
    void aRedisBelowTheNumberInTheFileBeginsANewLine() {
        HistoryLine before = external("one");
        before.raise();
        before.raise();
        setBackTo(1);

        assertNotEquals(before.name(), external("one").name());
    }

    @Test
    void aLostConnectionIsCheckedBeforeTheNextPoll() {
        HistoryLine line = embedded();
        line.raise();
        String name = line.name();
        setBackTo(0);
        assertEquals(name, line.name());

        line.doubt();

        assertNotEquals(name, line.name());
    }

    @Test
    void allServersFollowTheOneThatBeginsANewLine() {
        HistoryLine one = external("one");
        HistoryLine two = external("two");
        one.raise();
        two.raise();
        setBackTo(0);

        assertTrue(one.raise());
        assertTrue(two.raise());

        assertEquals(one.name(), two.name());
    }

    @Test
    void aMissingFileBeginsANewLineOfTheEmbeddedRedisOnly() throws IOException {
        String name = embedded().name();
        Files.delete(file());
        assertEquals(name, external("new").name());

        assertNotEquals(name, embedded().name());
    }

    @Test
    void anUnreadableFileCountsAsMissing() throws IOException {
        String name = embedded().name();
        Files.writeString(file(), "");

        assertNotEquals(name, embedded().name());
    }

    @Test
    void aLineThatRedisHasLostIsNew() {
        HistoryLine line = external("one");
        String name = line.name();
        REDIS.flush();

        assertTrue(line.raise());
        assertNotEquals(name, line.name());
    }

    @Test
    void aRaiseThatFailsIsTriedBeforeTheNextPoll() {
        HistoryLine line = embedded();
        line.raise();
        String name = line.name();
        Map<String, String> before = REDIS.client().hgetAll("sb:line");
        redis.close();

        assertThrows(Unavailable.class, line::raise);
        assertThrows(Unavailable.class, line::name, "it may have been set back in between");

        assertEquals(before, REDIS.client().hgetAll("sb:line"));
        assertEquals(8, name.length());
    }
}
