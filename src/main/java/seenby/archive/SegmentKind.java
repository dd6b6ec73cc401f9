package seenby.archive;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the lines of a segment are, which its file's name tells. */
public enum SegmentKind {
    RECEIPTS(""),
    MESSAGES("messages-");

    private final String prefix;
    private final Pattern segment;
    private final Pattern unfinished;

    SegmentKind(String prefix) {
        this.prefix = prefix;
        this.segment = Pattern.compile(prefix + "(\\d{16})\\.ndjson(?:\\.gz)?");
        this.unfinished = Pattern.compile(prefix + "\\d{16}\\.ndjson(?:\\.[0-9a-f]+)?\\.gz\\.tmp");
    }

    /** The name of the plain file of the segment that begins with this message; so many digits hold 2^53. */
    String fileName(long first) {
        return "%s%016d.ndjson".formatted(prefix, first);
    }

    /** The message that a segment of this kind begins with, or nothing where the name is of no such file. */
    OptionalLong first(String fileName) {
        Matcher matcher = segment.matcher(fileName);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /** Whether the name is of a file that was being compressed. */
    boolean isUnfinished(String fileName) {
        return unfinished.matcher(fileName).matches();
    }
}
