package seenby.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** One file of lines, open for reading. It stays readable when a writer closes or removes it. */
public interface Segment extends Closeable {
    Path path();

    /** Whether the file is compressed and never changes again. */
    boolean isClosed();

    /** The lines in order, from this message on or from a little before it. */
    LineReader from(long id) throws IOException;

    /** Opens the segment that begins with this message, plain or closed; empty if it was removed. */
    static Optional<Segment> open(SegmentFolder folder, long first) throws IOException {
        // a segment that is closed between the first and the second look is found by the third
        Optional<Segment> found = closed(folder.closed(first));
        if (found.isEmpty()) {
            found = plain(folder.plain(first));
        }
        return found.isEmpty() ? closed(folder.closed(first)) : found;
    }

    private static Optional<Segment> closed(Path path) throws IOException {
        try {
            return Optional.of(ClosedSegment.open(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Optional<Segment> plain(Path path) throws IOException {
        try {
            return Optional.of(PlainSegment.open(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
