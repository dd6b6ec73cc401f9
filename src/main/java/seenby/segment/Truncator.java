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

/** Removes the segments that begin above a message, and shortens the segment that holds the message. */
final class Truncator {
    private final SegmentFolder folder;
    private final long upto;
    private final List<Path> files = new ArrayList<>();
    private Optional<Long> plain = Optional.empty();
    private long size;
    private long lines;
    private long bytes;

    Truncator(SegmentFolder folder, long upto) {
        this.folder = folder;
        this.upto = upto;
    }

    Truncation truncate(NavigableSet<Long> firsts) throws IOException {
        NavigableSet<Long> above = firsts.tailSet(upto, false);
        Long holder = firsts.floor(upto);
        for (long first : firsts.tailSet(holder == null ? 0 : holder, true).descendingSet()) {
            new Quarantine(folder, upto).move(first).ifPresent(files::add);
        }
        for (long first : above.descendingSet()) {
            if (Files.exists(folder.plain(first))) {
                shorten(first);
            }
        }
        long last = holder == null ? 0 : shortenUnlessClosed(holder);
        return new Truncation(lines, bytes, files, last);
    }

    /** The first message of the plain segment that is left, if any. */
    Optional<Long> plain() {
        return plain;
    }

    /** The size of the plain segment that is left. */
    long size() {
        return size;
    }

    private long shortenUnlessClosed(long first) throws IOException {
        Path file = folder.closed(first);
        if (Files.exists(file)) {
            try (ClosedSegment segment = ClosedSegment.open(file)) {
                return segment.last();
            }
        }
        PlainSegment.Tail tail = shorten(first);
        if (tail.offset() > 0) {
            plain = Optional.of(first);
            size = tail.offset();
        }
        return tail.lastBefore();
    }

    private PlainSegment.Tail shorten(long first) throws IOException {
        Path file = folder.plain(first);
        PlainSegment.Tail tail;
        try (PlainSegment segment = PlainSegment.open(file)) {
            tail = segment.above(upto);
        }
        if (tail.offset() == 0) {
            Files.delete(file);
            folder.sync();
        } else if (tail.bytes() > 0) {
            shorten(file, tail.offset());
        }
        if (tail.offset() == 0 || tail.bytes() > 0) {
            files.add(file);
            lines += tail.lines();
            bytes += tail.bytes();
        }
        return tail;
    }

    private static void shorten(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
            channel.force(true);
        }
    }
}
