package seenby.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import seenby.archive.ArchiveLine;
import seenby.archive.MessageLine;
import seenby.group.GroupId;
import seenby.json.Json;
import seenby.segment.SegmentType;
import seenby.user.UserId;

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
                common(of.group(), incarnation, of.id(), of.sender(), of.sentAt(), of.archivedAt()), quoted(of.text()));
    }

    private static String receipts(String incarnation, ArchiveLine of) {
        String common = common(of.group(), incarnation, of.id(), of.sender(), of.sentAt(), of.archivedAt());
        return of.lists().stream()
                .flatMap(lists -> Stream.concat(
                        lists.readers().stream().map(reader -> row(common, reader.id(), Json.time(reader.readAt()))),
                        lists.unreadMembers().stream().map(member -> row(common, member, ""))))
                .collect(Collectors.joining());
    }

    /** The values of the columns that both types have. */
    private static String common(
            GroupId group, String incarnation, long id, UserId sender, Instant sentAt, Instant archivedAt) {
        return joined(group, incarnation, id, sender, Json.time(sentAt), Json.time(archivedAt));
    }

    private static String row(String common, Object... values) {
        return common + "," + joined(values) + "\n";
    }

    /** Ids and times need no quotes. */
    private static String joined(Object... values) {
        return Stream.of(values).map(Object::toString).collect(Collectors.joining(","));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
