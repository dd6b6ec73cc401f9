package seenby.segment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;

/** A full segment, compressed and never changed again. Its lines are found by the index at its end. */
final class ClosedSegment implements Segment {
    private static final int BUFFER = 1 << 13;

    private final Path path;
    private final FileChannel channel;

    private ClosedSegment(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static ClosedSegment open(Path path) throws IOException {
        return new ClosedSegment(path, FileChannel.open(path, StandardOpenOption.READ));
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public boolean isClosed() {
        return true;
    }

    @Override
    public LineReader from(long id) throws IOException {
        return new LineReader(new Unpacked(holding(id)));
    }

    /** The newest message in it. */
    long last() throws IOException {
        return GzipIndex.of(channel).last().first() - 1;
    }

    /** The last member that begins with this message or an earlier one; the first of all where none does. */
    private GzipMember holding(long id) throws IOException {
        GzipMember member = GzipMember.at(channel, 0);
        if (member.first() >= id) {
            return member;
        }
        member = GzipMember.at(channel, GzipIndex.of(channel).offset(id));
        while (!member.isLast()) {
            GzipMember next = GzipMember.at(channel, member.next());
            if (next.first() > id) {
                return member;
            }
            member = next;
        }
        return member;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The lines of this member and all that follow, unpacked one member at a time. */
    private final class Unpacked extends InputStream {
        private GzipMember member;
        private InputStream lines;

        Unpacked(GzipMember first) throws IOException {
            this.member = first;
            this.lines = unpack(first);
        }

        private InputStream unpack(GzipMember next) throws IOException {
            byte[] packed = new byte[next.size()];
            GzipMember.read(channel, next.offset(), packed.length).get(0, packed);
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), BUFFER)) {
                // to its end, where its checksum stands, before any of it is believed
                return new ByteArrayInputStream(in.readAllBytes());
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = lines.read(into, offset, length);
            while (read < 0 && !member.isLast()) {
                member = GzipMember.at(channel, member.next());
                lines = unpack(member);
                read = lines.read(into, offset, length);
            }
            if (read < 0 && member.next() != channel.size()) {
                throw new IOException("something follows its end at byte " + member.next());
            }
            return read;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }
    }
}
