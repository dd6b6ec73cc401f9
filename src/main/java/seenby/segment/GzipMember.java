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
 * One of the gzip members (RFC 1952) of a closed segment. Each holds whole lines, and an extra field, {@code SB}, says
 * where the next member begins, so a reader finds a line without decompressing those before it. The last member is
 * empty and has one more field, the {@link GzipIndex}: a file without it is incomplete.
 *
 * @param first its first message; in the last member, the message that would come next
 * @param offset its offset in the file
 * @param size its size in bytes
 * @param index the size of the index field; 0 in all but the last member
 */
record GzipMember(long first, long offset, int size, int index) {
    /** The bytes of lines in one member, unless a single line is longer. */
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

    /** What follows the index in the last member: no bytes, compressed, with their checksum and size. */
    static final int EMPTY_SIZE = 2 + TRAILER_SIZE;

    /** The member that begins at this offset. Fails if there is none. */
    static GzipMember at(FileChannel channel, long offset) throws IOException {
        // a header that ends too soon does not equal ours
        ByteBuffer header = read(channel, offset, HEADER_SIZE);
        long first = header.getLong(HEADER_SIZE - FIELD_SIZE);
        int size = header.getInt(HEADER_SIZE - 2 * Integer.BYTES);
        int index = Short.toUnsignedInt(header.getShort(EXTRA_AT)) - EXTRA_SIZE;
        GzipMember member = new GzipMember(first, offset, size, index);
        boolean isWhole = header.flip().equals(header(first, size, index)) && member.next() <= channel.size();
        if (!isWhole || size < HEADER_SIZE + EMPTY_SIZE || index < 0) {
            throw new ZipException("no whole part of a segment at byte " + offset);
        }
        return member;
    }

    /** The bytes from this offset on; what the file does not have stays zero. */
    static ByteBuffer read(FileChannel channel, long offset, int size) throws IOException {
        ByteBuffer bytes = littleEndian(size);
        while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) > 0) {
            // a read may return fewer bytes than there are
        }
        return bytes;
    }

    long next() {
        return offset + size;
    }

    boolean isLast() {
        return index > 0;
    }

    /** A member with these lines. */
    static byte[] of(long first, byte[] lines) {
        return of(first, lines, ByteBuffer.allocate(0));
    }

    /** The empty member at the end. */
    static byte[] last(long next, ByteBuffer index) {
        return of(next, new byte[0], index);
    }

    private static byte[] of(long first, byte[] lines, ByteBuffer index) {
        byte[] compressed = compress(lines);
        int size = HEADER_SIZE + index.remaining() + compressed.length + TRAILER_SIZE;
        CRC32 crc = new CRC32();
        crc.update(lines);
        return littleEndian(size)
                .put(header(first, size, index.remaining()))
                .put(index)
                .put(compressed)
                .putInt((int) crc.getValue())
                .putInt(lines.length)
                .array();
    }

    private static ByteBuffer header(long first, int size, int index) {
        ByteBuffer header = littleEndian(HEADER_SIZE)
                .putShort(MAGIC)
                .put(DEFLATE)
                .put(HAS_EXTRA)
                .putInt(0) // no modification time
                .put((byte) 0)
                .put(UNKNOWN_SYSTEM)
                .putShort((short) (EXTRA_SIZE + index))
                .putShort(FIELD)
                .putShort(FIELD_SIZE)
                .putLong(first)
                .putInt(size);
        // gzip's own checksum covers the lines only
        CRC32 crc = new CRC32();
        crc.update(header.duplicate().flip());
        return header.putInt((int) crc.getValue()).flip();
    }

    static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] compress(byte[] lines) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(lines);
            deflater.finish();
            // data that does not compress grows by a few bytes for each 16 KiB
            byte[] compressed = new byte[lines.length + lines.length / 1000 + 64];
            int size = deflater.deflate(compressed);
            if (!deflater.finished()) {
                throw new IllegalStateException("no room to compress " + lines.length + " bytes");
            }
            return Arrays.copyOf(compressed, size);
        } finally {
            deflater.end();
        }
    }
}
