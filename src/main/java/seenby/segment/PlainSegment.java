package seenby.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The segment that lines are added to. The committed lines come first and never change. Whatever follows them, a line
 * or the remains of one after a crash, counts as later than any line.
 */
final class PlainSegment implements Segment {
    /** So few bytes are read faster than halved. */
    private static final int SHORT = 1 << 14;

    private final Path path;
    private final FileChannel channel;

    private PlainSegment(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static PlainSegment open(Path path) throws IOException {
        return new PlainSegment(path, FileChannel.open(path, StandardOpenOption.READ));
    }

    /**
     * The part of the file above a message.
     *
     * @param offset the offset of its first byte
     * @param lastBefore the newest message before it; 0 if there is none
     */
    record Tail(long offset, long lastBefore, long lines, long bytes) {}

    @Override
    public Path path() {
        return path;
    }

    @Override
    public boolean isClosed() {
        return false;
    }

    @Override
    public LineReader from(long id) throws IOException {
        channel.position(begin(id));
        return new LineReader(Channels.newInputStream(channel));
    }

    /** Reads to the end of the file, also past bytes that are no line, so that damage costs no line after it. */
    Tail above(long upto) throws IOException {
        long offset = begin(upto);
        long end = offset;
        long last = 0;
        long lines = 0;
        LineReader reader = from(upto);
        for (Optional<byte[]> line = reader.next(); line.isPresent(); line = reader.next()) {
            offset += line.get().length;
            OptionalLong id = LineFormat.id(line.get());
            lines++;
            if (id.isPresent() && id.getAsLong() <= upto) {
                last = id.getAsLong();
                end = offset;
                lines = 0;
            }
        }
        return new Tail(end, last, lines + (reader.isTorn() ? 1 : 0), channel.size() - end);
    }

    /** The offset of a line that is at this message or shortly before it. */
    private long begin(long id) throws IOException {
        long low = 0;
        long high = channel.size();
        while (high - low > SHORT) {
            long middle = (low + high) >>> 1;
            long line = lineAfter(middle, high);
            if (line < high && isBefore(line, id)) {
                low = line;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The offset of the next line; the bound if there is none before it. */
    private long lineAfter(long offset, long bound) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(1 << 12);
        for (long at = offset; at < bound; at += block.limit()) {
            if (channel.read(block.clear(), at) <= 0) {
                return bound;
            }
            block.flip();
            for (int i = 0; i < block.limit(); i++) {
                if (block.get(i) == LineFormat.END) {
                    return at + i + 1;
                }
            }
        }
        return bound;
    }

    private boolean isBefore(long line, long id) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(LineFormat.HEAD);
        int length = channel.read(head, line);
        OptionalLong found = LineFormat.id(head.array(), length);
        return found.isPresent() && found.getAsLong() < id;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
