package seenby.segment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The segments of one kind in one group. They are read at any time, also while a writer of this or another process adds
 * lines, cuts them off or closes segments. What is asked for should be committed: above that, a reader may find lines that are about to
 * be cut off.
 */
public final class Segments {
    private final SegmentFolder folder;
    private final long segmentBytes;
    private final SegmentCache known;

    public Segments(SegmentFolder folder, long segmentBytes, SegmentCache known) {
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        this.known = known;
    }

    /**
     * A writer, of which there may be one at a time. It is to be made before its caller reads up to where the archive is
     * committed: then it can tell that another one has been at work since.
     */
    public SegmentWriter writer() throws IOException {
        return new SegmentWriter(folder, segmentBytes);
    }

    /** The line of this message, with the newline at its end. */
    public Optional<byte[]> find(long id) throws IOException {
        OptionalLong holding = known.holding(folder, id);
        Optional<byte[]> found = holding.isPresent() ? find(holding.getAsLong(), id) : Optional.empty();
        // a segment that was being closed may have been missing in one list, but not in two
        for (int look = 0; look < 2 && found.isEmpty(); look++) {
            NavigableSet<Long> firsts = folder.firsts();
            known.remember(folder, firsts);
            Long first = firsts.floor(id);
            found = first == null ? Optional.empty() : find(first, id);
        }
        return found;
    }

    private Optional<byte[]> find(long first, long id) throws IOException {
        List<byte[]> found = new ArrayList<>();
        read(first, id, id, (at, line) -> found.add(line));
        return found.stream().findFirst();
    }

    /** The first line of all. */
    public Optional<byte[]> first() throws IOException {
        NavigableSet<Long> firsts = folder.allFirsts();
        return firsts.isEmpty() ? Optional.empty() : find(firsts.first(), firsts.first());
    }

    /** Gives the lines of these messages, ascending, and leaves out those that are not there. */
    public void read(long from, long upto, LineConsumer consumer) throws IOException {
        NavigableSet<Long> firsts = folder.allFirsts();
        Long holding = firsts.floor(from);
        long next = from;
        for (long first : firsts.tailSet(holding == null ? from : holding, true)) {
            if (first > upto) {
                return;
            }
            next = read(first, next, upto, consumer);
        }
    }

    /** Gives what one segment has; answers the message that would come next. */
    private long read(long first, long from, long upto, LineConsumer consumer) throws IOException {
        Optional<Segment> found = Segment.open(folder, first);
        if (found.isEmpty()) {
            return from;
        }
        long next = from;
        try (Segment segment = found.get()) {
            LineReader lines = segment.from(from);
            Optional<byte[]> line = lines.next();
            while (line.isPresent()) {
                OptionalLong id = LineFormat.id(line.get());
                // what is no line was left by a crash, and nothing behind it was committed
                if (id.isEmpty() || id.getAsLong() > upto) {
                    break;
                }
                if (id.getAsLong() >= next) {
                    consumer.accept(id.getAsLong(), line.get());
                    next = id.getAsLong() + 1;
                }
                // the last that was asked for: what follows may be long
                line = next > upto ? Optional.empty() : lines.next();
            }
        }
        return next;
    }
}
