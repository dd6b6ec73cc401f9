package seenby.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that has room, and cannot be written all the same. */
class DiskRoomTest {
    private static final String WRITE_ERROR = "Short write while writing to the AOF file: (nwritten=31, expected=177) |"
            + " Can't recover from AOF write error when the AOF fsync policy is 'always'. Exiting...";
    private static final Duration SHORT_LIFE = Duration.ofSeconds(1);

    @TempDir
    private Path directory = Path.of("");

    private long nanos;

    private DiskRoom room() {
        DiskRoom room = new DiskRoom(directory, () -> nanos);
        room.look();
        return room;
    }

    private void assertBanned(DiskRoom room, int seconds) {
        room.redisEnded(WRITE_ERROR, SHORT_LIFE);
        assertTrue(room.ban().orElse("").contains("AOF write error"), room.ban().toString());
        nanos += Duration.ofSeconds(seconds).minusNanos(1).toNanos();
        room.look();
        assertTrue(room.ban().isPresent());
        nanos++;
        room.look();
        assertEquals(Optional.empty(), room.ban());
    }

    @Test
    void aRedisThatDiedOfAWriteGetsNoneForAWhileLongerEachTime() {
        DiskRoom room = room();
        assertEquals(Optional.empty(), room.ban());

        assertBanned(room, 5);
        assertBanned(room, 10);
        assertBanned(room, 20);
        assertBanned(room, 40);
        assertBanned(room, 60);
        assertBanned(room, 60);
    }

    @Test
    void aLongLifeIsForgiven() {
        DiskRoom room = room();
        assertBanned(room, 5);

        room.redisEnded("killed by a person", Duration.ofMinutes(2));
        assertEquals(Optional.empty(), room.ban());

        assertBanned(room, 5);
    }
}
