package seenby.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seenby.segment.ArchiveCorruptException;
import seenby.segment.SampleLines;
import seenby.segment.SegmentType;
import seenby.segment.SegmentWriter;
import seenby.support.Parallel;

class VerificationTest {
    @TempDir
    private Path archive = Path.of("");

    /** Writes a closed segment with the lines 1 to 5 and a plain one with 6 to 8. */
    private void fill() throws IOException {
        SegmentWriter writer = SampleLines.writer(SampleLines.segments(archive, Long.MAX_VALUE), 0);
        writer.append(1, SampleLines.lines(1, 5));
        writer.closeCurrent();
        writer.append(6, SampleLines.lines(6, 8));
    }

    private void assertCorrupt(Path file, int line, String what) {
        ArchiveCorruptException corrupt = assertThrows(ArchiveCorruptException.class, () -> Verification.of(archive));
        String message = String.valueOf(corrupt.getMessage());
        assertTrue(message.startsWith(file + ":" + line + ": "), message);
        assertTrue(message.contains(what), message);
        assertEquals(1, message.lines().count(), message);
    }

    private void rewrite(Path file, List<String> lines) throws IOException {
        Files.writeString(file, String.join("", lines));
    }

    private static List<String> texts(long from, long upto) {
        return new ArrayList<>(SampleLines.lines(from, upto).stream()
                .map(line -> new String(line, UTF_8))
                .toList());
    }

    @Test
    void aGoodArchiveIsSummarized() throws Exception {
        fill();
        SegmentWriter messages = SampleLines.writer(SampleLines.segments(archive, 1, SegmentType.MESSAGES), 0);
        messages.append(1, List.of(SampleLines.message(1, "one").bytes()));
        messages.roll();

        assertEquals("1 groups, 3 segments, 9 lines: no errors", Verification.of(archive));
    }

    @Test
    void anEmptyArchiveHasItsMarker() throws Exception {
        new Archive(archive, 1).mark();
        new Archive(archive, 1).mark();

        assertEquals("0 groups, 0 segments, 0 lines: no errors", Verification.of(archive));
    }

    @Test
    void aFolderThatIsNoArchiveIsAnError() throws IOException {
        assertThrows(IOException.class, () -> Verification.of(archive.resolve("none")));
        assertThrows(NoArchiveException.class, () -> Verification.of(archive));

        Files.createDirectories(archive.resolve("archive").resolve("ops").resolve(SampleLines.INCARNATION));
        Files.createFile(archive.resolve("line"));
        assertThrows(NoArchiveException.class, () -> Verification.of(archive), "the parent of an archive");
    }

    @Test
    void anArchiveFromBeforeTheMarkerIsKnownByItsSegments() throws Exception {
        fill();

        assertEquals("1 groups, 2 segments, 8 lines: no errors", Verification.of(archive));
    }

    @Test
    void unknownFilesAreIgnoredAndCounted() throws Exception {
        fill();
        Files.createFile(archive.resolve("README"));
        Files.createDirectory(archive.resolve("lost+found"));
        Files.createFile(archive.resolve("ops").resolve("0000000001"));
        Files.createFile(SampleLines.folder(archive).resolve(".hidden"));
        Files.createFile(SampleLines.folder(archive).resolve("0000000000000001.ndjson.bak"));
        Files.createFile(SampleLines.folder(archive).resolve("0000000000000006.ndjson.gz.tmp"));

        assertTrue(Verification.of(archive).endsWith("; 5 unknown files"), Verification.of(archive));
    }

    @Test
    void anUnfinishedAppendOrCloseIsNotAnError() throws Exception {
        fill();
        Files.write(
                SampleLines.plain(archive, 6),
                Arrays.copyOf(SampleLines.line(9).bytes(), 30),
                StandardOpenOption.APPEND);
        Files.write(SampleLines.plain(archive, 1), new byte[3]);

        assertTrue(Verification.of(archive).startsWith("1 groups, 2 segments, 8 lines: no errors"));

        Files.write(SampleLines.plain(archive, 6), new byte[0]);
        assertTrue(Verification.of(archive).startsWith("1 groups, 2 segments, 5 lines: no errors"));
    }

    @Test
    void aMissingRepeatedOrTornLineIsReportedWithItsPosition() throws IOException {
        fill();
        Path file = SampleLines.plain(archive, 6);
        List<String> lines = texts(6, 8);

        rewrite(file, List.of(lines.get(0), lines.get(2)));
        assertCorrupt(file, 2, "id is 8, expected 7");
        rewrite(file, List.of(lines.get(0), lines.get(0)));
        assertCorrupt(file, 2, "id is 6, expected 7");
        rewrite(file, List.of(lines.get(0), lines.get(1).strip(), lines.get(2)));
        assertCorrupt(file, 2, "JSON");
        rewrite(file, List.of(lines.get(0), "\n", lines.get(1)));
        assertCorrupt(file, 2, "JSON");
        rewrite(file, List.of(lines.get(1)));
        assertCorrupt(file, 1, "id is 7, expected 6");
    }

    @Test
    void aMissingOrWronglyNamedSegmentIsReportedAtTheNextOne() throws IOException {
        fill();
        Files.move(SampleLines.plain(archive, 6), SampleLines.plain(archive, 7));
        assertCorrupt(SampleLines.plain(archive, 7), 1, "begins with 7, expected 6");

        Files.move(SampleLines.plain(archive, 7), SampleLines.plain(archive, 6));
        Files.delete(SampleLines.closed(archive, 1));
        assertCorrupt(SampleLines.plain(archive, 6), 1, "begins with 6, expected 1");
    }

    @Test
    void anOlderPlainSegmentMustEndWithACompleteLine() throws IOException {
        fill();
        Files.delete(SampleLines.closed(archive, 1));
        rewrite(SampleLines.plain(archive, 1), texts(1, 5));
        Files.writeString(SampleLines.plain(archive, 1), "{", StandardOpenOption.APPEND);

        assertCorrupt(SampleLines.plain(archive, 1), 6, "whole line");
    }

    @Test
    void aDamagedClosedSegmentIsReportedWhereReadingFails() throws IOException {
        SegmentWriter writer = SampleLines.writer(SampleLines.segments(archive, Long.MAX_VALUE), 0);
        writer.append(
                1,
                List.of(
                        SampleLines.line(1, 3000).bytes(),
                        SampleLines.line(2, 3000).bytes()));
        writer.closeCurrent();
        Path file = SampleLines.closed(archive, 1);
        byte[] whole = Files.readAllBytes(file);

        Files.write(file, Arrays.copyOf(whole, whole.length - 100));
        assertCorrupt(file, 2, "");
        byte[] badCrc = whole.clone();
        badCrc[whole.length - 86 - 8] ^= 1;
        Files.write(file, badCrc);
        assertCorrupt(file, 2, "");
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        Files.write(file, longer);
        assertCorrupt(file, 3, "follows its end");
        Files.write(file, new byte[0]);
        assertCorrupt(file, 1, "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"group\":\"ops\" | \"group\":\"dev\" | group is dev in the folder of ops",
                "\"id\":1, | \"id\":01, | JSON",
                "\"id\":1, | \"id\":\"1\", | fields",
                "\"recipients\":3 | \"recipients\":4 | recipients is not the sum",
                "\"recipients\":3, | '' | recipients",
                "\"recipients\":3, | \"recipients\":3,\"more\":1, | more",
                "\"recipients\":3, | \"recipients\": 3, | fields",
                "\"recipients\":3, | \"recipients\":3,\"recipients\":3, | fields",
                "{\"id\":\"u00000\" | {\"id\":\"u00002\" | readers are not sorted",
                "{\"id\":\"u00000\" | {\"id\":\"u00001\" | readers are not sorted",
                "[\"zoe\"] | [\"zoe\",\"zoe\"] | unread_members are not sorted",
                "[\"zoe\"] | [\"zoe\",\"yan\"] | unread_members are not sorted",
                "[\"zoe\"] | [\"u00001\"] | u00001 is in readers and in unread_members",
                "01.000Z | 01Z | fields",
                "\"sender\":\"ann\" | \"sender\":\"Ann\" | JSON",
                "\"sender\":\"ann\" | \"sender\":null | JSON",
                "\"readers\" | \"unread_members\" | JSON",
                "]} | ]}{} | JSON",
                "]} | ] | JSON",
            })
    void anInvalidLineIsReported(String right, String wrong, String what) throws IOException {
        String line = new String(SampleLines.line(1).bytes(), UTF_8);
        String changed = line.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong));
        Files.createDirectories(SampleLines.folder(archive));
        Files.writeString(SampleLines.plain(archive, 1), changed);

        assertNotEquals(line, changed);
        assertCorrupt(SampleLines.plain(archive, 1), 1, what);
    }

    /** The clock may have been ahead when the message was sent. */
    @Test
    void aMessageMayBeArchivedBeforeItsDate() throws Exception {
        String line = new String(SampleLines.line(1).bytes(), UTF_8);
        Files.createDirectories(SampleLines.folder(archive));
        Files.writeString(SampleLines.plain(archive, 1), line.replace("\"sent_at\":\"2026", "\"sent_at\":\"2027"));

        assertEquals("1 groups, 1 segments, 1 lines: no errors", Verification.of(archive));
    }

    @Test
    void anInvalidMessageIsReported() throws IOException {
        Files.createDirectories(SampleLines.folder(archive));
        Path file = SampleLines.folder(archive).resolve("messages-0000000000000001.ndjson");
        String line = new String(SampleLines.message(1, "😀").bytes(), UTF_8);

        Files.writeString(file, line.replace("😀", "\\ud83d\\ude00"));
        assertCorrupt(file, 1, "fields");
        Files.writeString(file, line.replace(",\"text\":\"😀\"", ""));
        assertCorrupt(file, 1, "no text");
        Files.writeString(file, line + line);
        assertCorrupt(file, 2, "id is 1, expected 2");
    }

    @Test
    void anArchiveIsValidWhileItIsWritten() throws IOException {
        new Archive(archive, 1).mark();
        AtomicBoolean isDone = new AtomicBoolean();

        Parallel.run(
                () -> {
                    try {
                        write(SampleLines.writer(SampleLines.segments(archive, 4000), 0));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } finally {
                        isDone.set(true);
                    }
                },
                () -> {
                    while (!isDone.get()) {
                        try {
                            Verification.of(archive);
                        } catch (IOException | ArchiveCorruptException e) {
                            throw new AssertionError(e);
                        }
                    }
                });
    }

    private static void write(SegmentWriter writer) throws IOException {
        Random random = new Random(5);
        for (int committed = 0; committed < 200; committed++) {
            int next = committed + 1;
            for (int tries = random.nextInt(3); tries > 0; tries--) {
                writer.append(
                        next,
                        List.of(SampleLines.line(next, random.nextInt(1500)).bytes()));
                writer.truncate(committed);
            }
            writer.append(
                    next, List.of(SampleLines.line(next, random.nextInt(10)).bytes()));
            writer.roll();
        }
    }
}
