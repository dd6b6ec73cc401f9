package seenby.segment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/** One cut: the segments that begin above a message go, and so does what stands above it in the one that holds it. */
final class Truncator {
    private final SegmentFolder folder;
    private final long upto;
    private final List<Path> files = new ArrayList<>();
    private Optional<Long> open = Optional.empty();
    private long size;
    private long lines;
    private long bytes;

    Truncator(SegmentFolder folder, long upto) {
        this.folder = folder;
        this.upto = upto;
    }

    Truncation cut(NavigableSet<Long> firsts) throws IOException {
        NavigableSet<Long> above = firsts.tailSet(upto, false);
        Long holding = firsts.floor(upto);
        for (long first : firsts.tailSet(holding == null ? 0 : holding, true).descendingSet()) {
            new Quarantine(folder, upto).segment(first).ifPresent(files::add);
        }
        for (long first : above.descendingSet()) {
            if (Files.exists(folder.plain(first))) {
                cutPlain(first);
            }
        }
        long last = holding == null ? 0 : cutOrLeave(holding);
        return new Truncation(lines, bytes, files, last);
    }

    /** The plain segment that is left, if there is one. */
    Optional<Long> open() {
        return open;
    }

    /** How large the plain segment is that is left. */
    long size() {
        return size;
    }

    private long cutOrLeave(long first) throws IOException {
        Path file = folder.closed(first);
        if (Files.exists(file)) {
            try (ClosedSegment segment = ClosedSegment.open(file)) {
                return segment.last();
            }
        }
        PlainSegment.Rest rest = cutPlain(first);
        if (rest.end() > 0) {
            open = Optional.of(first);
            size = rest.end();
        }
        return rest.last();
    }

    private PlainSegment.Rest cutPlain(long first) throws IOException {
        Path file = folder.plain(first);
        PlainSegment.Rest rest;
        try (PlainSegment segment = PlainSegment.open(file)) {
            rest = segment.above(upto);
        }
        if (rest.end() == 0) {
            Files.delete(file);
            folder.sync();
        } else if (rest.bytes() > 0) {
            truncate(file, rest.end());
        }
        if (rest.end() == 0 || rest.bytes() > 0) {
            files.add(file);
            lines += rest.lines();
            bytes += rest.bytes();
        }
        return rest;
    }

    private static void truncate(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
            channel.force(true);
        }
    }
}
