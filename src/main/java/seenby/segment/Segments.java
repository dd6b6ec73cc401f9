package seenby.segment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The segments of one type in one group. They can be read at any time, also while a writer of this or another process
 * adds or removes lines or closes segments. Ask for committed messages only: lines above them may be about to be
 * removed.
 */
public final class Segments {
    /** So few lines are read faster than passed over. */
    private static final int MOST_SKIPPED = 16;

    private final SegmentFolder folder;
    private final long segmentBytes;
    private final SegmentCache cache;

    public Segments(SegmentFolder folder, long segmentBytes, SegmentCache cache) {
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        this.cache = cache;
    }

    /** Opens the segments for writing. Only one writer may be at work at a time. */
    public UnverifiedWriter open() throws IOException {
        return new UnverifiedWriter(folder, segmentBytes);
    }

    /** The line of this message, with the newline at its end. */
    public Optional<byte[]> find(long id) throws IOException {
        OptionalLong cached = cache.floor(folder, id);
        Optional<byte[]> found = cached.isPresent() ? find(cached.getAsLong(), id) : Optional.empty();
        // one list may miss a segment that is being closed, two lists do not
        for (int look = 0; look < 2 && found.isEmpty(); look++) {
            NavigableSet<Long> firsts = folder.firsts();
            cache.put(folder, firsts);
            Long first = firsts.floor(id);
            found = first == null ? Optional.empty() : find(first, id);
        }
        return found;
    }

    private Optional<byte[]> find(long first, long id) throws IOException {
        List<byte[]> found = new ArrayList<>();
        read(first, id, id, (message, line) -> found.add(line));
        return found.stream().findFirst();
    }

    /** The first line of the first segment. */
    public Optional<byte[]> first() throws IOException {
        NavigableSet<Long> firsts = folder.allFirsts();
        return firsts.isEmpty() ? Optional.empty() : find(firsts.first(), firsts.first());
    }

    /** Passes on the lines of these messages in ascending order, and skips those that are missing. */
    public void read(long from, long upto, LineConsumer consumer) throws IOException {
        read(folder.allFirsts(), from, upto, consumer);
    }

    /** The same for single messages. Skips what lies between them, unless it is little. */
    public void read(NavigableSet<Long> ids, LineConsumer consumer) throws IOException {
        LineConsumer wanted = (id, line) -> {
            if (ids.contains(id)) {
                consumer.accept(id, line);
            }
        };
        NavigableSet<Long> firsts = folder.allFirsts();
        Long from = ids.isEmpty() ? null : ids.first();
        while (from != null) {
            long upto = endOfRun(ids, from);
            read(firsts, from, upto, wanted);
            from = ids.higher(upto);
        }
    }

    private static long endOfRun(NavigableSet<Long> ids, long from) {
        long upto = from;
        for (Long next = ids.higher(upto); next != null && next - upto <= MOST_SKIPPED; next = ids.higher(upto)) {
            upto = next;
        }
        return upto;
    }

    private void read(NavigableSet<Long> firsts, long from, long upto, LineConsumer consumer) throws IOException {
        Long holder = firsts.floor(from);
        long next = from;
        for (long first : firsts.tailSet(holder == null ? from : holder, true)) {
            if (first > upto) {
                return;
            }
            next = read(first, next, upto, consumer);
        }
    }

    /** Passes on the lines of one segment, and returns the message expected next. */
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
                // bytes that are no line come from a crash, and nothing after them was committed
                if (id.isEmpty() || id.getAsLong() > upto) {
                    break;
                }
                if (id.getAsLong() >= next) {
                    consumer.accept(id.getAsLong(), line.get());
                    next = id.getAsLong() + 1;
                }
                // stop at the last line asked for: the one after it may be long
                line = next > upto ? Optional.empty() : lines.next();
            }
        }
        return next;
    }
}
