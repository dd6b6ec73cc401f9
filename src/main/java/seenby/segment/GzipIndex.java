package seenby.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/**
 * Where the members of a closed segment begin: an extra field, {@code SI}, of the last one. It holds their first messages and
 * offsets, a checksum, and the size of the last member, so that this is found from the end of the file.
 */
final class GzipIndex {
    /** So many fit the field. Of more, every second is named, or every third, and so on: readers go on from there. */
    static final int MOST = 4000;

    private static final short FIELD = (short) ('S' | 'I' << 8);
    private static final int ENTRY = 2 * Long.BYTES;
    private static final int BEFORE = 4;
    private static final int BEHIND = 2 * Integer.BYTES;

    private final GzipMember last;
    private final ByteBuffer field;

    private GzipIndex(GzipMember last, ByteBuffer field) {
        this.last = last;
        this.field = field;
    }

    /** The field that names these members. */
    static ByteBuffer field(List<GzipMember> members) {
        int step = 1 + (members.size() - 1) / MOST;
        int count = (members.size() + step - 1) / step;
        int size = BEFORE + count * ENTRY + BEHIND;
        ByteBuffer field = GzipMember.littleEndian(size).putShort(FIELD).putShort((short) (size - BEFORE));
        for (int i = 0; i < members.size(); i += step) {
            field.putLong(members.get(i).first()).putLong(members.get(i).offset());
        }
        return field.putInt(checksum(field.duplicate().flip()))
                .putInt(GzipMember.HEADER_SIZE + size + GzipMember.NOTHING)
                .flip();
    }

    static GzipIndex of(FileChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer end =
                GzipMember.read(channel, Math.max(0, size - GzipMember.NOTHING - Integer.BYTES), Integer.BYTES);
        GzipMember last = GzipMember.at(channel, Math.max(0, size - end.getInt(0)));
        ByteBuffer field = GzipMember.read(channel, last.offset() + GzipMember.HEADER_SIZE, last.index());
        int checked = last.index() - BEHIND;
        if (last.next() != size
                || checked < BEFORE + ENTRY
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

    /** The member at the end. */
    GzipMember last() {
        return last;
    }

    /** Where the last one begins, of those named here, that begins with this message or an earlier one. */
    long offset(long id) {
        int low = 0;
        int high = (field.capacity() - BEFORE - BEHIND) / ENTRY;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (field.getLong(BEFORE + middle * ENTRY) <= id) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return field.getLong(BEFORE + low * ENTRY + Long.BYTES);
    }
}
