package seenby.segment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Compresses lines into members. */
final class GzipMemberWriter {
    private final OutputStream out;
    private final ByteArrayOutputStream block = new ByteArrayOutputStream(GzipMember.BLOCK);
    private final List<GzipMember> members = new ArrayList<>();
    private long offset;
    private long first;
    private long last;

    GzipMemberWriter(OutputStream out) {
        this.out = out;
    }

    void add(long id, byte[] line) throws IOException {
        if (block.size() > 0 && block.size() + line.length > GzipMember.BLOCK) {
            flush();
        }
        if (block.size() == 0) {
            first = id;
        }
        block.writeBytes(line);
        last = id;
    }

    /** Writes the remaining lines, and the empty member at the end. */
    void finish() throws IOException {
        flush();
        out.write(GzipMember.last(last + 1, GzipIndex.field(members)));
    }

    private void flush() throws IOException {
        if (block.size() > 0) {
            byte[] member = GzipMember.of(first, block.toByteArray());
            out.write(member);
            members.add(new GzipMember(first, offset, member.length, 0));
            offset += member.length;
            block.reset();
        }
    }
}
