package seenby.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Packs lines into members. */
final class MemberWriter {
    private final OutputStream out;
    private final ByteArrayOutputStream block = new ByteArrayOutputStream(Member.BLOCK);
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
        out.write(Member.of(last + 1, new byte[0]));
    }

    private void flush() throws IOException {
        if (block.size() > 0) {
            out.write(Member.of(first, block.toByteArray()));
            block.reset();
        }
    }
}
