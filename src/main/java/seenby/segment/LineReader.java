package seenby.segment;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Reads lines, and holds no more than the longest line in memory. */
public final class LineReader {
    private static final int BLOCK = 1 << 14;

    private final InputStream in;
    private byte[] buffer = new byte[BLOCK];
    private int begin;
    private int end;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** The next line with the newline at its end; empty if there is no other whole line. */
    public Optional<byte[]> next() throws IOException {
        int at = begin;
        do {
            for (; at < end; at++) {
                if (buffer[at] == LineFormat.END) {
                    byte[] line = Arrays.copyOfRange(buffer, begin, at + 1);
                    begin = at + 1;
                    return Optional.of(line);
                }
            }
            at -= makeRoom();
        } while (fill());
        return Optional.empty();
    }

    /** After the last line: whether bytes without a newline follow it. */
    public boolean isTorn() {
        return begin < end;
    }

    /** Moves the rest of the line to the front, grows a full buffer, and returns how far it moved. */
    private int makeRoom() {
        int moved = begin;
        System.arraycopy(buffer, begin, buffer, 0, end - begin);
        end -= begin;
        begin = 0;
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        return moved;
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(0, read);
        return read > 0;
    }
}
