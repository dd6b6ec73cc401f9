package seenby.segment;

import java.nio.file.Path;

/** The first place in an archive that is not as it should be. */
public final class ArchiveCorruptException extends Exception {
    public ArchiveCorruptException(Path file, long line, String what) {
        super("%s:%d: %s".formatted(file, line, what));
    }
}
