package seenby.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipException;

/**
 * One of the gzip members (RFC 1952) that a closed segment is made of. Each holds whole lines, and tells in an extra field,
 * {@code SB}, where the next one begins, so that a reader finds a line without unpacking those before it. The last one is
 * empty, and has a field more, the {@link GzipIndex}: a file without it was cut off.
 *
 * @param first the first message in it; in the last one, the message that would have come next
 * @param offset where it begins in the file
 * @param size how many bytes it takes there, all in all
 * @param index how many of them are the field of the index; 0 in all but the last
 */
record GzipMember(long first, long offset, int size, int index) {
    /** How many bytes of lines are put into one, unless a single line has more. */
    static final int BLOCK = 1 << 16;

    private static final short MAGIC = (short) 0x8b1f;
    private static final byte DEFLATE = 8;
    private static final byte HAS_EXTRA = 4;
    private static final byte UNKNOWN_SYSTEM = (byte) 255;
    private static final short FIELD = (short) ('S' | 'B' << 8);
    private static final short FIELD_SIZE = Long.BYTES + 2 * Integer.BYTES;
    static final int HEADER_SIZE = 10 + 2 + 4 + FIELD_SIZE;
    private static final int EXTRA_AT = 10;
    private static final int EXTRA_SIZE = 4 + FIELD_SIZE;
    private static final int TRAILER_SIZE = 8;

    /** What stands behind the index: nothing, packed, and the checksum and the size of it. */
    static final int NOTHING = 2 + TRAILER_SIZE;

    /** The member that begins at this place, or an exception where none of ours does. */
    static GzipMember at(FileChannel channel, long offset) throws IOException {
        // one that ends too soon is found by its bytes
        ByteBuffer header = read(channel, offset, HEADER_SIZE);
        long first = header.getLong(HEADER_SIZE - FIELD_SIZE);
        int size = header.getInt(HEADER_SIZE - 2 * Integer.BYTES);
        int index = Short.toUnsignedInt(header.getShort(EXTRA_AT)) - EXTRA_SIZE;
        GzipMember member = new GzipMember(first, offset, size, index);
        boolean isWhole = header.flip().equals(header(first, size, index)) && member.next() <= channel.size();
        if (!isWhole || size < HEADER_SIZE + NOTHING || index < 0) {
            throw new ZipException("no whole part of a segment at byte " + offset);
        }
        return member;
    }

    /** The bytes from this place on, fewer where the file ends. */
    static ByteBuffer read(FileChannel channel, long offset, int size) throws IOException {
        ByteBuffer bytes = littleEndian(size);
        while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) > 0) {
            // a read may bring less than there is
        }
        return bytes;
    }

    long next() {
        return offset + size;
    }

    boolean isLast() {
        return index > 0;
    }

    /** A member that holds these lines. */
    static byte[] of(long first, byte[] lines) {
        return of(first, lines, ByteBuffer.allocate(0));
    }

    /** The empty member at the end. */
    static byte[] last(long next, ByteBuffer index) {
        return of(next, new byte[0], index);
    }

    private static byte[] of(long first, byte[] lines, ByteBuffer index) {
        byte[] packed = packed(lines);
        int size = HEADER_SIZE + index.remaining() + packed.length + TRAILER_SIZE;
        CRC32 crc = new CRC32();
        crc.update(lines);
        return littleEndian(size)
                .put(header(first, size, index.remaining()))
                .put(index)
                .put(packed)
                .putInt((int) crc.getValue())
                .putInt(lines.length)
                .array();
    }

    private static ByteBuffer header(long first, int size, int index) {
        ByteBuffer header = littleEndian(HEADER_SIZE)
                .putShort(MAGIC)
                .put(DEFLATE)
                .put(HAS_EXTRA)
                .putInt(0) // no time
                .put((byte) 0)
                .put(UNKNOWN_SYSTEM)
                .putShort((short) (EXTRA_SIZE + index))
                .putShort(FIELD)
                .putShort(FIELD_SIZE)
                .putLong(first)
                .putInt(size);
        // gzip's own checksum is of the lines alone
        CRC32 crc = new CRC32();
        crc.update(header.duplicate().flip());
        return header.putInt((int) crc.getValue()).flip();
    }

    static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] packed(byte[] lines) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(lines);
            deflater.finish();
            // what can't be packed grows by some bytes for each 16 KiB
            byte[] packed = new byte[lines.length + lines.length / 1000 + 64];
            int size = deflater.deflate(packed);
            if (!deflater.finished()) {
                throw new IllegalStateException("no room for " + lines.length + " packed bytes");
            }
            return Arrays.copyOf(packed, size);
        } finally {
            deflater.end();
        }
    }
}
