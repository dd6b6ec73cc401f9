package seenby.segment;

import java.nio.file.Path;

/** Says where an archive is first damaged. */
public final class ArchiveCorruptException extends Exception {
    public ArchiveCorruptException(Path file, long line, String what) {
        super("%s:%d: %s".formatted(file, line, what));
    }
}
