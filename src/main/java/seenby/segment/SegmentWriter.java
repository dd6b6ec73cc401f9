package seenby.segment;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes the segments of one kind in one group. First it cuts off what was not committed; after any failure it must do so again.
 * Between two writers stands a lock elsewhere. One that was paused and has lost that lock meanwhile does no harm to the other,
 * which has closed its segment: it knows no other file to write to, and opens it anew each time.
 */
public final class SegmentWriter {
    private final SegmentFolder folder;
    private final long segmentBytes;
    private final String name = UUID.randomUUID().toString().replace("-", "");
    private Optional<Current> current = Optional.empty();
    private boolean isCut;
    private long next;

    private Optional<Map<String, String>> asFound;

    SegmentWriter(SegmentFolder folder, long segmentBytes) throws IOException {
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        this.asFound = Optional.of(folder.state());
    }

    /** The plain segment that lines are added to, and its size as this writer has left it. */
    private record Current(long first, long size) {}

    /**
     * Removes all lines above a message, whole ones and what a crash has made of others; closed segments that have any are
     * set aside. Fails where another writer has been here since this one was made: then the message is not the newest that
     * was committed.
     */
    public Truncation cut(long upto) throws IOException {
        isCut = false;
        current = Optional.empty();
        if (asFound.isPresent() && !asFound.get().equals(folder.state())) {
            throw new IOException(folder.path() + " was written to by somebody else");
        }
        asFound = Optional.empty();
        new UnfinishedFiles(folder).remove();
        NavigableSet<Long> firsts = folder.firsts();
        Truncator tail = new Truncator(folder, upto);
        Truncation cut = tail.cut(firsts);
        current = tail.open().map(segment -> new Current(segment, tail.size()));
        isCut = true;
        next = upto + 1;
        return cut;
    }

    /**
     * Adds lines, one a message, the first of them of the message after that cut at or added last. Returns when all is on
     * disk; on failure nothing of it counts.
     */
    public void append(long first, List<byte[]> lines) throws IOException {
        requireNext(first, lines);
        start();
        if (current.isPresent()) {
            current = Optional.of(write(current.get(), lines, StandardOpenOption.WRITE));
        } else {
            folder.make();
            current = Optional.of(
                    write(new Current(first, 0), lines, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
            folder.syncWithParents();
        }
        isCut = true;
        next = first + lines.size();
    }

    /** A gap or a repeat would be a mistake of ours, and stay for good. */
    private void requireNext(long first, List<byte[]> lines) {
        long due = first;
        for (byte[] line : lines) {
            if (!LineFormat.isWhole(line, due)) {
                throw new IllegalArgumentException("not the line of " + due);
            }
            due++;
        }
        if (first != next || lines.isEmpty()) {
            throw new IllegalArgumentException(lines.size() + " lines from " + first + " where " + next + " is due");
        }
    }

    /** What follows may fail half-way: then only a cut makes this writer whole again. */
    private void start() {
        if (!isCut) {
            throw new IllegalStateException("cut first");
        }
        isCut = false;
    }

    private Current write(Current segment, List<byte[]> lines, OpenOption... options) throws IOException {
        Path file = folder.plain(segment.first);
        try (FileChannel channel = FileChannel.open(file, options)) {
            if (channel.size() != segment.size) {
                throw new IOException(file + " was written to by somebody else");
            }
            channel.position(segment.size);
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), GzipMember.BLOCK);
            for (byte[] line : lines) {
                out.write(line);
            }
            out.flush();
            channel.force(true);
            return new Current(segment.first, channel.position());
        }
    }

    /** Closes the current segment where it has grown large enough. To be called when its lines are committed. */
    public void roll() throws IOException {
        if (current.isPresent() && current.get().size >= segmentBytes) {
            closeCurrent();
        }
    }

    /** Closes the current segment, whatever its size: a writer that may not be gone yet loses its file by it. */
    public void closeCurrent() throws IOException {
        start();
        if (current.isPresent()) {
            close(current.get());
            current = Optional.empty();
        }
        isCut = true;
    }

    private void close(Current segment) throws IOException {
        Path plain = folder.plain(segment.first);
        Path unfinished = folder.unfinished(segment.first, name);
        try {
            pack(plain, segment.size, unfinished);
            Files.move(unfinished, folder.closed(segment.first), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        folder.sync();
        Files.deleteIfExists(plain);
    }

    /** Packs so much of the file and no more: behind that, somebody who lost the lock may be writing. */
    private static void pack(Path plain, long size, Path into) throws IOException {
        try (Segment segment = PlainSegment.open(plain);
                FileChannel channel = FileChannel.open(into, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            OutputStream out = Channels.newOutputStream(channel);
            GzipMemberWriter members = new GzipMemberWriter(out);
            LineReader lines = segment.from(0);
            long packed = 0;
            while (packed < size) {
                byte[] line = lines.next().orElseThrow(() -> new EOFException(plain + " was cut by somebody else"));
                long id = LineFormat.id(line)
                        .orElseThrow(() -> new IOException(plain + " has something that is no line"));
                members.add(id, line);
                packed += line.length;
            }
            members.finish();
            channel.force(true);
        }
    }
}
