package seenby.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import seenby.archive.ArchiveLine;
import seenby.archive.MessageLine;
import seenby.json.Json;
import seenby.segment.SegmentType;

/** Lines of the archive as CSV: one row for each receipt, or for each message. Its form is that of RFC 4180. */
record CsvLines(SegmentType type) {
    private static final String COMMON = "group,incarnation,id,sender,sent_at,archived_at,";

    byte[] header() {
        return bytes(COMMON + (type == SegmentType.MESSAGES ? "text" : "member,read_at") + "\n");
    }

    /** The rows of one line; none if nobody owed a receipt. */
    byte[] rows(String incarnation, byte[] line) throws IOException {
        return bytes(
                type == SegmentType.MESSAGES
                        ? message(incarnation, MessageLine.parse(line))
                        : receipts(incarnation, ArchiveLine.parse(line)));
    }

    private static String message(String incarnation, MessageLine of) {
        return row(
                of.group(),
                incarnation,
                of.id(),
                of.sender(),
                Json.time(of.sentAt()),
                Json.time(of.archivedAt()),
                quoted(of.text()));
    }

    private static String receipts(String incarnation, ArchiveLine of) {
        return of.lists().stream()
                .flatMap(lists -> Stream.concat(
                        lists.readers().stream()
                                .map(reader -> receipt(incarnation, of, reader.id(), Json.time(reader.readAt()))),
                        lists.unreadMembers().stream().map(member -> receipt(incarnation, of, member, ""))))
                .collect(Collectors.joining());
    }

    private static String receipt(String incarnation, ArchiveLine of, Object member, String readAt) {
        return row(
                of.group(),
                incarnation,
                of.id(),
                of.sender(),
                Json.time(of.sentAt()),
                Json.time(of.archivedAt()),
                member,
                readAt);
    }

    /** Ids and times need no quotes. */
    private static String row(Object... values) {
        return Stream.of(values).map(Object::toString).collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
