package seenby.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/**
 * The index of a closed segment: where its members begin. It is an extra field, {@code SI}, of the last member, and
 * holds the first message and the offset of each member, a checksum, and the size of the last member. That size is how
 * a reader finds the last member from the end of the file.
 */
final class GzipIndex {
    /** So many fit the field. If there are more, it names every second, or every third, and so on. */
    static final int MAX_ENTRIES = 4000;

    private static final short FIELD = (short) ('S' | 'I' << 8);
    private static final int ENTRY = 2 * Long.BYTES;
    private static final int PREFIX_SIZE = 4;
    private static final int SUFFIX_SIZE = 2 * Integer.BYTES;

    private final GzipMember last;
    private final ByteBuffer field;

    private GzipIndex(GzipMember last, ByteBuffer field) {
        this.last = last;
        this.field = field;
    }

    /** The field for these members. */
    static ByteBuffer field(List<GzipMember> members) {
        int step = 1 + (members.size() - 1) / MAX_ENTRIES;
        int count = (members.size() + step - 1) / step;
        int size = PREFIX_SIZE + count * ENTRY + SUFFIX_SIZE;
        ByteBuffer field = GzipMember.littleEndian(size).putShort(FIELD).putShort((short) (size - PREFIX_SIZE));
        for (int i = 0; i < members.size(); i += step) {
            field.putLong(members.get(i).first()).putLong(members.get(i).offset());
        }
        return field.putInt(checksum(field.duplicate().flip()))
                .putInt(GzipMember.HEADER_SIZE + size + GzipMember.EMPTY_SIZE)
                .flip();
    }

    static GzipIndex of(FileChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer end =
                GzipMember.read(channel, Math.max(0, size - GzipMember.EMPTY_SIZE - Integer.BYTES), Integer.BYTES);
        GzipMember last = GzipMember.at(channel, Math.max(0, size - end.getInt(0)));
        ByteBuffer field = GzipMember.read(channel, last.offset() + GzipMember.HEADER_SIZE, last.index());
        int checked = last.index() - SUFFIX_SIZE;
        if (last.next() != size
                || checked < PREFIX_SIZE + ENTRY
                || field.getInt(checked)
                        != checksum(field.duplicate().position(checked).flip())) {
            throw new ZipException("no end of a segment at byte " + last.offset());
        }
        return new GzipIndex(last, field);
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** The last member. */
    GzipMember last() {
        return last;
    }

    /** The offset of the last member in the index that begins with this message or an earlier one. */
    long offset(long id) {
        int low = 0;
        int high = (field.capacity() - PREFIX_SIZE - SUFFIX_SIZE) / ENTRY;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (field.getLong(PREFIX_SIZE + middle * ENTRY) <= id) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return field.getLong(PREFIX_SIZE + low * ENTRY + Long.BYTES);
    }
}
