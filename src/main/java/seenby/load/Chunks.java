package seenby.load;

/**
 * Takes the data out of a body in chunks, in place. The line end after a chunk may arrive with the next chunk only, so
 * it counts as the begin of that.
 */
final class Chunks {
    private static final int LINE_END = 2;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int written;
    private boolean last;

    /** Works on the bytes between two places; the data is moved to their begin. */
    Chunks(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.end = end;
        this.at = from;
        this.written = from;
    }

    /** Whether all chunks have arrived. This changes nothing. */
    static boolean isComplete(byte[] bytes, int from, int end) {
        Chunks chunks = new Chunks(bytes, from, end);
        while (chunks.skip()) {
            // until the last one, or one that has not arrived
        }
        return chunks.last;
    }

    /** Moves the data of all chunks that have arrived. Returns the place after it. */
    int unwrap() {
        int data = dataBegin();
        while (data >= 0 && !last) {
            int size = size();
            System.arraycopy(bytes, data, bytes, written, size);
            written += size;
            at = data + size;
            data = dataBegin();
        }
        return written;
    }

    /** The place after the chunks that were taken out. */
    int rest() {
        return at;
    }

    private boolean skip() {
        int data = dataBegin();
        if (data < 0 || last) {
            return false;
        }
        at = data + size();
        return true;
    }

    /** Where the data of the next chunk begins, or -1 if not all of it has arrived. */
    private int dataBegin() {
        skipLineEnd();
        int line = at;
        while (line < end && bytes[line] != '\n') {
            line++;
        }
        if (line >= end) {
            return -1;
        }
        int size = size();
        int needed = size == 0 ? LINE_END : size;
        if (line + 1 + needed > end) {
            return -1;
        }
        last = size == 0;
        return line + 1;
    }

    private void skipLineEnd() {
        while (at < end && (bytes[at] == '\r' || bytes[at] == '\n')) {
            at++;
        }
    }

    private int size() {
        int size = 0;
        for (int i = at; i < end && Character.digit(bytes[i], 16) >= 0; i++) {
            size = 16 * size + Character.digit(bytes[i], 16);
        }
        return size;
    }
}
