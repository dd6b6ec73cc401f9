package seenby.archive;

import java.io.IOException;
import java.util.Optional;
import seenby.segment.ArchiveCorruptException;
import seenby.segment.LineReader;
import seenby.segment.Segment;

/** Looks at every line of one segment. */
record SegmentCheck(Segment segment, LineCheck check, long due) {
    /** The message that is due after it. */
    long next(boolean isNewest) throws ArchiveCorruptException {
        long id = due;
        try {
            LineReader lines = segment.from(0);
            for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
                Optional<String> fault = check.fault(line.get(), id);
                if (fault.isPresent()) {
                    throw fault(id, fault.get());
                }
                id++;
            }
            boolean mayBeWritten = isNewest && !segment.isClosed();
            if (!mayBeWritten && (lines.isTorn() || id == due)) {
                throw fault(id, "ends without a whole line");
            }
            return id;
        } catch (IOException e) {
            throw fault(id, String.valueOf(e.getMessage()));
        }
    }

    private ArchiveCorruptException fault(long id, String what) {
        return new ArchiveCorruptException(segment.path(), id - due + 1, what);
    }
}
