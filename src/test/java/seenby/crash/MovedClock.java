package seenby.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/**
 * A clock that another process can move. The time of a file, since 1970, is how far it goes wrong: other than its
 * contents, that changes at once.
 */
final class MovedClock {
    private MovedClock() {}

    static Clock of(Path file) {
        InstantSource source = () -> now(file);
        return source.withZone(ZoneOffset.UTC);
    }

    /** Makes all clocks of this file go wrong by this. */
    static void move(Path file, Duration by) {
        try {
            Files.setLastModifiedTime(file, FileTime.fromMillis(by.toMillis()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant now(Path file) {
        try {
            return Instant.now().plusMillis(Files.getLastModifiedTime(file).toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
