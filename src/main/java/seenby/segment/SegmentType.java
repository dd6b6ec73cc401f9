package seenby.segment;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What the lines of a segment hold. The file name tells it. */
public enum SegmentType {
    RECEIPTS(""),
    MESSAGES("messages-");

    private static final String PLAIN = ".ndjson";
    private static final String CLOSED = ".gz";

    // enough for 2^53
    private static final int DIGITS = 16;

    private final String prefix;
    private final Pattern unfinished;

    SegmentType(String prefix) {
        this.prefix = prefix;
        this.unfinished = Pattern.compile(prefix + "\\d{16}\\.ndjson(?:\\.[0-9a-f]+)?\\.gz\\.tmp");
    }

    /** The name of the plain file of the segment that begins with this message. */
    String fileName(long first) {
        return "%s%016d.ndjson".formatted(prefix, first);
    }

    /** The first message of a segment of this type; empty if the name belongs to another file. */
    public OptionalLong first(String fileName) {
        int digits = prefix.length() + DIGITS;
        if (!fileName.startsWith(prefix) || !(fileName.endsWith(PLAIN) || fileName.endsWith(PLAIN + CLOSED))) {
            return OptionalLong.empty();
        }
        long first = 0;
        for (int at = prefix.length(); at < digits; at++) {
            char digit = at < fileName.length() ? fileName.charAt(at) : '.';
            if (digit < '0' || digit > '9') {
                return OptionalLong.empty();
            }
            first = 10 * first + digit - '0';
        }
        int rest = fileName.length() - digits;
        return rest == PLAIN.length() || rest == PLAIN.length() + CLOSED.length()
                ? OptionalLong.of(first)
                : OptionalLong.empty();
    }

    /** Whether the name is of a segment that was not yet compressed to its end. */
    public boolean isUnfinished(String fileName) {
        return unfinished.matcher(fileName).matches();
    }
}
