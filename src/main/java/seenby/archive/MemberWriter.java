package seenby.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Packs lines into members. */
final class MemberWriter {
    private final OutputStream out;
    private final ByteArrayOutputStream block = new ByteArrayOutputStream(Member.BLOCK);
    private final List<Member> members = new ArrayList<>();
    private long offset;
    private long first;
    private long last;

    MemberWriter(OutputStream out) {
        this.out = out;
    }

    void add(long id, byte[] line) throws IOException {
        if (block.size() > 0 && block.size() + line.length > Member.BLOCK) {
            flush();
        }
        if (block.size() == 0) {
            first = id;
        }
        block.writeBytes(line);
        last = id;
    }

    /** Writes what is left, and the empty member at the end. */
    void finish() throws IOException {
        flush();
        out.write(Member.last(last + 1, MemberIndex.field(members)));
    }

    private void flush() throws IOException {
        if (block.size() > 0) {
            byte[] member = Member.of(first, block.toByteArray());
            out.write(member);
            members.add(new Member(first, offset, member.length, 0));
            offset += member.length;
            block.reset();
        }
    }
}
