package seenby.segment;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.UUID;
import seenby.platform.OwnerOnlyFiles;

/**
 * Adds lines to the segments of one type in one group. A new writer has removed what was not committed; after a failure
 * it must do so again. A lock in the store separates two writers. A writer that was paused and has lost that lock does
 * no harm: the next one has closed its segment, it knows no other file to write to, and it opens its file by name each
 * time.
 */
public final class SegmentWriter {
    private final SegmentFolder folder;
    private final long segmentBytes;
    private final String id = UUID.randomUUID().toString().replace("-", "");
    private final Truncation truncation;
    private Optional<Current> current = Optional.empty();
    private boolean isIntact;
    private long next;

    SegmentWriter(SegmentFolder folder, long segmentBytes, long committed) throws IOException {
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        this.truncation = truncate(committed);
    }

    /** The plain segment that lines are added to, and its size after this writer's last append. */
    private record Current(long first, long size) {}

    /** What was removed above the committed position when this writer was made. */
    public Truncation truncation() {
        return truncation;
    }

    /**
     * Removes all lines above a message, whole or torn. A closed segment with such lines is kept under another name.
     * This makes the writer usable again after a failure.
     */
    public Truncation truncate(long upto) throws IOException {
        isIntact = false;
        current = Optional.empty();
        new UnfinishedFiles(folder).remove();
        NavigableSet<Long> firsts = folder.firsts();
        Truncator truncator = new Truncator(folder, upto);
        Truncation removed = truncator.truncate(firsts);
        current = truncator.plain().map(first -> new Current(first, truncator.size()));
        isIntact = true;
        next = upto + 1;
        return removed;
    }

    /**
     * Adds lines, one per message, without a gap after the last one. Returns when all of them are on disk; after a
     * failure none of them counts.
     */
    public void append(long first, List<byte[]> lines) throws IOException {
        requireNext(first, lines);
        beginStep();
        if (current.isPresent()) {
            FileChannel file = FileChannel.open(folder.plain(current.get().first), StandardOpenOption.WRITE);
            current = Optional.of(write(current.get(), file, lines));
        } else {
            folder.make();
            current = Optional.of(write(new Current(first, 0), OwnerOnlyFiles.create(folder.plain(first)), lines));
            folder.syncWithParents();
        }
        isIntact = true;
        next = first + lines.size();
    }

    /** A gap or a repeated line would be our own bug, and stay in the archive forever. */
    private void requireNext(long first, List<byte[]> lines) {
        long expected = first;
        for (byte[] line : lines) {
            if (!LineFormat.isWhole(line, expected)) {
                throw new IllegalArgumentException("this is not the line of message " + expected);
            }
            expected++;
        }
        if (first != next || lines.isEmpty()) {
            throw new IllegalArgumentException(
                    "got " + lines.size() + " lines from message " + first + ", expected message " + next);
        }
    }

    /** A step may fail half-way, and only a truncation repairs that. */
    private void beginStep() {
        if (!isIntact) {
            throw new IllegalStateException("a step has failed: truncate first");
        }
        isIntact = false;
    }

    /** @param file is closed */
    private Current write(Current segment, FileChannel file, List<byte[]> lines) throws IOException {
        try (FileChannel channel = file) {
            if (channel.size() != segment.size) {
                throw new IOException("another writer has changed " + folder.plain(segment.first));
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

    /** Closes the current segment if it is large enough. Call it when its lines are committed. */
    public void roll() throws IOException {
        if (current.isPresent() && current.get().size >= segmentBytes) {
            closeCurrent();
        }
    }

    /** Closes the current segment, whatever its size. Another writer that still runs loses its file by that. */
    public void closeCurrent() throws IOException {
        beginStep();
        if (current.isPresent()) {
            close(current.get());
            current = Optional.empty();
        }
        isIntact = true;
    }

    private void close(Current segment) throws IOException {
        Path plain = folder.plain(segment.first);
        Path unfinished = folder.unfinished(segment.first, id);
        try {
            compress(plain, segment.size, unfinished);
            Files.move(unfinished, folder.closed(segment.first), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        folder.sync();
        Files.deleteIfExists(plain);
    }

    /** Reads only this many bytes of the file: a writer that lost the lock may be adding more. */
    private static void compress(Path plain, long size, Path target) throws IOException {
        try (Segment segment = PlainSegment.open(plain);
                FileChannel channel = OwnerOnlyFiles.create(target)) {
            OutputStream out = Channels.newOutputStream(channel);
            GzipMemberWriter members = new GzipMemberWriter(out);
            LineReader lines = segment.from(0);
            long done = 0;
            while (done < size) {
                byte[] line = lines.next().orElseThrow(() -> new EOFException("another writer has truncated " + plain));
                long message = LineFormat.id(line)
                        .orElseThrow(() -> new IOException(plain + " contains something that is not a line"));
                members.add(message, line);
                done += line.length;
            }
            members.finish();
            channel.force(true);
        }
    }
}
