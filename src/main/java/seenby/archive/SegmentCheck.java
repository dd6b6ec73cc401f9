package seenby.archive;

import java.io.IOException;
import java.util.Optional;
import seenby.segment.ArchiveCorruptException;
import seenby.segment.LineReader;
import seenby.segment.Segment;

/** Checks every line of one segment. */
record SegmentCheck(Segment segment, LineCheck check, long expected) {
    /** The message that must come after the segment. */
    long next(boolean isNewest) throws ArchiveCorruptException {
        long id = expected;
        try {
            LineReader lines = segment.from(0);
            for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
                Optional<String> error = check.error(line.get(), id);
                if (error.isPresent()) {
                    throw corrupt(id, error.get());
                }
                id++;
            }
            boolean mayBeWritten = isNewest && !segment.isClosed();
            if (!mayBeWritten && (lines.isTorn() || id == expected)) {
                throw corrupt(id, "ends without a whole line");
            }
            return id;
        } catch (IOException e) {
            throw corrupt(id, String.valueOf(e.getMessage()));
        }
    }

    private ArchiveCorruptException corrupt(long id, String what) {
        return new ArchiveCorruptException(segment.path(), id - expected + 1, what);
    }
}
