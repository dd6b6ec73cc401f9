package seenby.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** One file of lines, open for reading. It stays readable when the writer closes or removes it meanwhile. */
public interface Segment extends Closeable {
    Path path();

    /** Whether no line will ever be added. */
    boolean isClosed();

    /** Lines in their order, from this one or somewhat before it. */
    LineReader from(long id) throws IOException;

    /** Opens the segment that begins with this message, in whichever form it is by now; empty where it was cut off. */
    static Optional<Segment> open(SegmentFolder folder, long first) throws IOException {
        // what is closed between the first look and the second is there at the third
        Optional<Segment> found = closed(folder.closed(first));
        if (found.isEmpty()) {
            found = plain(folder.plain(first));
        }
        return found.isEmpty() ? closed(folder.closed(first)) : found;
    }

    private static Optional<Segment> closed(Path path) throws IOException {
        try {
            return Optional.of(ClosedSegment.open(path));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    private static Optional<Segment> plain(Path path) throws IOException {
        try {
            return Optional.of(PlainSegment.open(path));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }
}
