package seenby.embedded;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.platform.Backoff;

/**
 * Whether the disk has room for what Redis writes. Redis dies of a write that fails, and reads die with it; so it must
 * not get one while there is no room.
 */
final class DiskRoom {
    private static final Logger LOG = LoggerFactory.getLogger(DiskRoom.class);
    private static final long KIBI = 1024;

    /** More than Redis writes between two looks. */
    private static final long LEAST_BYTES = 16 * KIBI * KIBI;

    /** A small disk is not full because it is small. */
    private static final long LEAST_PART = 20;

    private static final Pattern WRITE_ERROR =
            Pattern.compile("Can't (?:recover from AOF write|persist AOF for fsync) error");

    private static final Duration LONGEST_BAN = Duration.ofMinutes(1);

    private final Path directory;
    private final LongSupplier nanos;
    private final Backoff bans = new Backoff(Duration.ofSeconds(5), LONGEST_BAN);
    private long banEnd;
    private Optional<String> failure = Optional.empty();
    private volatile Optional<String> ban = Optional.empty();

    DiskRoom(Path directory) {
        this(directory, System::nanoTime);
    }

    DiskRoom(Path directory, LongSupplier nanos) {
        this.directory = directory;
        this.nanos = nanos;
    }

    /** Why Redis must get no writes; empty if it may. */
    Optional<String> ban() {
        return ban;
    }

    /** Looks at the free space. Call it about once a second, by one thread. */
    void look() {
        if (failure.isPresent() && nanos.getAsLong() - banEnd >= 0) {
            failure = Optional.empty();
        }
        ban = shortage().or(() -> failure);
    }

    private Optional<String> shortage() {
        try {
            FileStore disk = Files.getFileStore(directory);
            long least = Math.min(LEAST_BYTES, disk.getTotalSpace() / LEAST_PART);
            // once it is full it must have more room, or it would change with every write
            long needed = ban.isPresent() ? 2 * least : least;
            long free = disk.getUsableSpace();
            return free >= needed
                    ? Optional.empty()
                    : Optional.of(
                            "The disk of data.dir is full: %,d KiB are free. Free some space, so that it has at least %,d KiB."
                                    .formatted(free / KIBI, 2 * least / KIBI));
        } catch (IOException e) {
            LOG.debug("The free space of {} is unknown", directory, e);
            return Optional.empty();
        }
    }

    /**
     * Redis has ended. If it could not write, it gets no writes for a while, longer each time: the disk may have a
     * quota, or be broken, which its free space does not tell.
     */
    void redisEnded(String lastWords, Duration life) {
        if (life.compareTo(LONGEST_BAN) > 0) {
            bans.reset();
        }
        if (WRITE_ERROR.matcher(lastWords).find()) {
            Duration length = bans.next();
            failure =
                    Optional.of("Redis could not write to the disk of data.dir, and is tried again in %d s at most: %s"
                            .formatted(length.toSeconds(), lastWords));
            banEnd = nanos.getAsLong() + length.toNanos();
        }
        look();
    }
}
