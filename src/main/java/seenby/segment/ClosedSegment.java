package seenby.segment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;

/** A full segment: compressed, never changed again, with an index at its end by which lines are found. */
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
        return new LineReader(new MemberStream(memberOf(id)));
    }

    /** The newest message. */
    long last() throws IOException {
        return GzipIndex.of(channel).last().first() - 1;
    }

    /** The last member that begins with this message or an earlier one; the first member if there is none. */
    private GzipMember memberOf(long id) throws IOException {
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

    /** The lines of a member and of all that follow it, decompressed one member at a time. */
    private final class MemberStream extends InputStream {
        private GzipMember member;
        private InputStream lines;

        MemberStream(GzipMember first) throws IOException {
            this.member = first;
            this.lines = decompress(first);
        }

        private InputStream decompress(GzipMember next) throws IOException {
            byte[] bytes = new byte[next.size()];
            GzipMember.read(channel, next.offset(), bytes.length).get(0, bytes);
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes), BUFFER)) {
                // the checksum comes at the end, so no byte is used before all are read
                return new ByteArrayInputStream(in.readAllBytes());
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = lines.read(into, offset, length);
            while (read < 0 && !member.isLast()) {
                member = GzipMember.at(channel, member.next());
                lines = decompress(member);
                read = lines.read(into, offset, length);
            }
            if (read < 0 && member.next() != channel.size()) {
                throw new IOException("extra data follows its end at byte " + member.next());
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
