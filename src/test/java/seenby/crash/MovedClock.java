package seenby.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that another process can move. The time of a file, since 1970, is how far it goes wrong: other than its
 * contents, that changes at once.
 */
final class MovedClock extends Clock {
    private final Path file;

    MovedClock(Path file) {
        this.file = file;
    }

    /** Makes all clocks of this file go wrong by this. */
    static void move(Path file, Duration by) {
        try {
            Files.setLastModifiedTime(file, FileTime.fromMillis(by.toMillis()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Instant instant() {
        try {
            return Clock.systemUTC()
                    .instant()
                    .plusMillis(Files.getLastModifiedTime(file).toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
