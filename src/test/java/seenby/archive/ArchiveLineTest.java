package seenby.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.group.GroupId;
import seenby.receipt.Receipt;
import seenby.receipt.ReceiptCount;
import seenby.segment.LineFormat;
import seenby.segment.SampleLines;
import seenby.user.UserId;

class ArchiveLineTest {
    private static final UserId ALICE = new UserId("alice");
    private static final UserId CAROL = new UserId("carol");
    private static final Instant SENT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Receipt.Reader BOB =
            new Receipt.Reader(new UserId("bob"), Instant.parse("2026-01-01T00:00:01.500Z"));

    private static final ArchiveLine KEPT = new ArchiveLine(
            new GroupId("ops"),
            1,
            ALICE,
            SENT,
            SENT.plusSeconds(9),
            Optional.of(new ArchiveLine.Lists(List.of(BOB), List.of(CAROL), Optional.of(3L))));
    private static final ArchiveLine OFF =
            new ArchiveLine(new GroupId("ops"), 2, ALICE, SENT, SENT.plusSeconds(9), Optional.empty());

    @Test
    void aLineHasTheseFieldsInThisOrderAndANewline() {
        assertEquals(
                "{\"group\":\"ops\",\"id\":1,\"sender\":\"alice\",\"sent_at\":\"2026-01-01T00:00:00.000Z\","
                        + "\"archived_at\":\"2026-01-01T00:00:09.000Z\",\"recipients\":2,\"hidden\":3,\"readers\":[{\"id\":\"bob\","
                        + "\"read_at\":\"2026-01-01T00:00:01.500Z\"}],\"unread_members\":[\"carol\"]}\n",
                new String(KEPT.bytes(), UTF_8));
    }

    @Test
    void aMessageSentUnderOffIsMarkedAndHasNoLists() throws IOException {
        assertEquals(
                "{\"group\":\"ops\",\"id\":2,\"sender\":\"alice\",\"sent_at\":\"2026-01-01T00:00:00.000Z\","
                        + "\"archived_at\":\"2026-01-01T00:00:09.000Z\",\"receipts\":\"off\"}\n",
                new String(OFF.bytes(), UTF_8));
        assertEquals(OFF, ArchiveLine.parse(OFF.bytes()));
        assertEquals(Optional.empty(), OFF.receipt());
    }

    @Test
    void aParsedLineEqualsTheWrittenOne() throws IOException {
        ArchiveLine empty = SampleLines.line(1L << 53, new ArchiveLine.Lists(List.of(), List.of(), Optional.empty()));
        for (ArchiveLine line : List.of(KEPT, empty, SampleLines.line(7, 12_000))) {
            assertEquals(line, ArchiveLine.parse(line.bytes()));
        }
    }

    @Test
    void aLineConvertsToItsReceipt() {
        Receipt receipt = new Receipt(
                ALICE, SENT, new ReceiptCount(1, 2, 1, Optional.of(3L)), List.of(BOB), List.of(CAROL), true);

        assertEquals(Optional.of(receipt), KEPT.receipt());
    }

    @Test
    void aLineFromBeforeHiddenWasStoredHasNone() throws IOException {
        String old = new String(KEPT.bytes(), UTF_8).replace("\"hidden\":3,", "");

        ArchiveLine line = ArchiveLine.parse(old.getBytes(UTF_8));

        assertEquals(Optional.empty(), line.receipt().orElseThrow().count().hidden());
        assertEquals(old, new String(line.bytes(), UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "[]",
                "{\"group\":\"ops\",\"id\":1,",
                "\"more\":1,\"receipts\":\"off\"}",
                "\"receipts\":\"on\"}",
                "\"recipients\":0}",
                "\"recipients\":0,\"readers\":[],\"unread_members\":[],\"receipts\":\"off\"}",
                "\"hidden\":1,\"receipts\":\"off\"}",
                "\"recipients\":0,\"readers\":[],\"unread_members\":null}",
                "\"recipients\":1,\"readers\":[null],\"unread_members\":[]}",
                "\"recipients\":1,\"readers\":[{\"id\":\"bob\"}],\"unread_members\":[]}",
                "\"recipients\":1,\"readers\":[],\"unread_members\":[\"Carol\"]}",
            })
    void aMalformedLineIsAnIoException(String text) {
        String off = new String(OFF.bytes(), UTF_8);
        String line = text.startsWith("\"") ? off.substring(0, off.indexOf("\"receipts\"")) + text : text;

        assertThrows(IOException.class, () -> ArchiveLine.parse(line.getBytes(UTF_8)));
    }

    @Test
    void aMessageHasTheseFieldsInThisOrderAndIsParsedUnchanged() throws IOException {
        MessageLine line = SampleLines.message(1, "\"a\"\n\u2028\u007f 好 😀");

        assertEquals(
                "{\"group\":\"ops\",\"id\":1,\"sender\":\"ann\",\"sent_at\":\"2026-01-01T00:00:01.000Z\","
                        + "\"archived_at\":\"2026-01-01T00:00:10.000Z\",\"text\":\"\\\"a\\\"\\n\u2028\u007f 好 😀\"}\n",
                new String(line.bytes(), UTF_8));
        assertEquals(line, MessageLine.parse(line.bytes()));
    }

    @Test
    void theIdIsReadFromTheFirstBytesOfALine() {
        GroupId longest = new GroupId("g".repeat(64));
        byte[] line = new ArchiveLine(longest, 1L << 53, ALICE, SENT, SENT, Optional.empty()).bytes();

        assertEquals(OptionalLong.of(1L << 53), LineFormat.id(line));
        assertEquals(OptionalLong.of(1L << 53), LineFormat.id(line, LineFormat.HEAD));
        assertEquals(OptionalLong.empty(), LineFormat.id(line, LineFormat.HEAD - 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "{\"group\":\"ops\",\"id\":",
                "{\"group\":\"ops\",\"id\":,",
                "{\"group\":\"ops\",\"id\":12",
                "{\"group\":\"ops\",\"id\":-1,",
                "{\"group\":\"ops\",\"id\":12345678901234567,",
                "{\"group\":\"ops\", \"id\":1,",
                "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
                "roup\":\"ops\",\"id\":1,",
            })
    void aMalformedLineHasNoId(String text) {
        assertEquals(OptionalLong.empty(), LineFormat.id(text.getBytes(UTF_8)));
    }
}
