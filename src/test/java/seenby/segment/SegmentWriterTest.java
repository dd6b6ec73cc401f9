package seenby.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.archive.Verification;

class SegmentWriterTest {
    private static final long LARGE = 1 << 20;

    @TempDir
    private Path archive = Path.of("");

    private Segments segments = SampleLines.segments(archive, LARGE);

    @BeforeEach
    void openSegments() {
        segments = SampleLines.segments(archive, LARGE);
    }

    /** A writer with the lines up to this id committed. */
    private SegmentWriter writerWith(long upto) throws IOException {
        SegmentWriter writer = SampleLines.writer(segments, 0);
        writer.append(1, SampleLines.lines(1, upto));
        return writer;
    }

    private static byte[] joined(List<byte[]> lines) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        lines.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private void add(long first, byte[] bytes) throws IOException {
        Files.createDirectories(SampleLines.folder(archive));
        Files.write(SampleLines.plain(archive, first), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void assertHolds(long upto) throws IOException {
        assertEquals(SampleLines.range(1, upto), SampleLines.ids(segments, 1, Long.MAX_VALUE));
        assertNotCorrupt();
    }

    private void assertNotCorrupt() throws IOException {
        try {
            Verification.of(archive);
        } catch (ArchiveCorruptException corrupt) {
            throw new AssertionError(corrupt);
        }
    }

    @Test
    void linesAreAppendedToOneFileNamedAfterTheFirstId() throws IOException {
        SegmentWriter writer = writerWith(3);
        writer.append(4, SampleLines.lines(4, 5));

        assertEquals(List.of("0000000000000001.ndjson"), SampleLines.names(archive));
        assertArrayEquals(joined(SampleLines.lines(1, 5)), Files.readAllBytes(SampleLines.plain(archive, 1)));
    }

    @Test
    void theCommittedPositionIsReadAfterTheSegmentsAreListed() throws IOException {
        SegmentWriter other = writerWith(3);
        UnverifiedWriter opened = segments.open();

        assertThrows(
                IOException.class,
                () -> opened.truncate(() -> {
                    append(other, 4);
                    return OptionalLong.of(3);
                }));

        assertHolds(4);
    }

    private static void append(SegmentWriter writer, long id) {
        try {
            writer.append(id, SampleLines.lines(id, id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void withoutACommittedPositionThereIsNoWriterAndNothingIsRemoved() throws IOException {
        writerWith(3);

        assertEquals(Optional.empty(), segments.open().truncate(OptionalLong::empty));

        assertHolds(3);
    }

    @Test
    void gapsRepeatsAndMalformedLinesAreRefused() throws IOException {
        SegmentWriter writer = writerWith(3);
        byte[] four = SampleLines.line(4).bytes();

        for (List<byte[]> wrong : List.of(
                SampleLines.lines(3, 4),
                SampleLines.lines(5, 5),
                List.of(four, four),
                List.of(new String(four, UTF_8).strip().getBytes(UTF_8)),
                List.of((new String(four, UTF_8) + "\n").getBytes(UTF_8)),
                List.<byte[]>of())) {
            assertThrows(IllegalArgumentException.class, () -> writer.append(4, wrong));
        }
        assertThrows(IllegalArgumentException.class, () -> writer.append(5, SampleLines.lines(5, 5)));
        writer.append(4, List.of(four));

        assertHolds(4);
    }

    @Test
    void aTruncationWithoutUncommittedLinesRemovesNothing() throws IOException {
        writerWith(3);

        Truncation removed = SampleLines.writer(segments, 3).truncation();

        assertTrue(removed.isEmpty());
        assertEquals(new Truncation(0, 0, List.of(), 3), removed);
        assertHolds(3);
    }

    @Test
    void aTruncationReportsWhatItRemovedAndTheWriterContinues() throws IOException {
        writerWith(5);

        SegmentWriter writer = SampleLines.writer(segments, 3);

        Truncation removed = writer.truncation();

        assertEquals(
                new Truncation(2, joined(SampleLines.lines(4, 5)).length, List.of(SampleLines.plain(archive, 1)), 3),
                removed);
        writer.append(4, SampleLines.lines(4, 9));
        assertHolds(9);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30, 200, 20_000})
    void everythingThatACrashLeftAfterTheCommitIsRemoved(int size) throws IOException {
        byte[] zeros = new byte[size];
        byte[] torn = Arrays.copyOf(SampleLines.line(4, 1000).bytes(), size);
        byte[] zerosThenLines = joined(
                List.of(zeros, "rest\n".getBytes(UTF_8), SampleLines.line(5).bytes()));
        for (byte[] garbage : List.of(
                zeros, torn, zerosThenLines, joined(List.of(SampleLines.line(4).bytes(), zeros)))) {
            Path one = Files.createTempDirectory(archive, "one");
            Segments here = SampleLines.segments(one, LARGE);
            SegmentWriter before = SampleLines.writer(here, 0);
            before.append(1, SampleLines.lines(1, 3));
            byte[] whole = Files.readAllBytes(SampleLines.plain(one, 1));
            Files.write(SampleLines.plain(one, 1), garbage, StandardOpenOption.APPEND);

            Truncation removed = SampleLines.writer(here, 3).truncation();

            assertEquals(garbage.length, removed.bytes());
            assertTrue(removed.lines() >= 1);
            assertEquals(3, removed.last());
            assertArrayEquals(whole, Files.readAllBytes(SampleLines.plain(one, 1)));
        }
    }

    @Test
    void uncommittedSegmentsAreRemovedAlsoEmptyOnes() throws IOException {
        writerWith(3).closeCurrent();
        add(4, joined(SampleLines.lines(4, 6)));
        add(7, new byte[0]);

        SegmentWriter writer = SampleLines.writer(segments, 3);

        Truncation removed = writer.truncation();

        assertEquals(3, removed.lines());
        assertEquals(List.of(SampleLines.plain(archive, 7), SampleLines.plain(archive, 4)), removed.files());
        assertEquals(List.of("0000000000000001.ndjson.gz"), SampleLines.names(archive));
        writer.append(4, SampleLines.lines(4, 4));
        assertHolds(4);
    }

    @Test
    void aSegmentWithoutValidLinesIsRemoved() throws IOException {
        add(1, new byte[300]);

        Truncation removed = SampleLines.writer(segments, 5).truncation();

        assertEquals(0, removed.last(), "the caller learns that committed lines are missing");
        assertEquals(List.of(), SampleLines.names(archive));
    }

    @Test
    void aTruncationToZeroRemovesEverything() throws IOException {
        SegmentWriter writer = writerWith(3);

        assertEquals(3, writer.truncate(0).lines());

        assertEquals(List.of(), SampleLines.names(archive));
        writer.append(1, SampleLines.lines(1, 2));
        assertHolds(2);
    }

    @Test
    void damageInTheMiddleDoesNotRemoveLaterLines() throws IOException {
        writerWith(2000);
        byte[] file = Files.readAllBytes(SampleLines.plain(archive, 1));
        byte[] broken = file.clone();
        for (int i = 0; i < 60_000; i++) {
            broken[file.length / 2 - 30_000 + i] = 0;
        }
        Files.write(SampleLines.plain(archive, 1), broken);

        assertTrue(SampleLines.writer(segments, 2000).truncation().isEmpty());
        assertEquals(1, SampleLines.writer(segments, 1999).truncation().lines());
    }

    @Test
    void aSegmentIsClosedAtItsMaximalSize() throws IOException {
        segments = SampleLines.segments(archive, 1000);
        SegmentWriter writer = SampleLines.writer(segments, 0);
        for (int id = 1; id <= 12; id++) {
            writer.append(id, SampleLines.lines(id, id));
            writer.roll();
        }

        assertEquals(
                List.of("0000000000000001.ndjson.gz", "0000000000000005.ndjson.gz", "0000000000000009.ndjson.gz"),
                SampleLines.names(archive));
        assertHolds(12);
    }

    @Test
    void closingWithoutAnOpenSegmentDoesNothing() throws IOException {
        SegmentWriter writer = SampleLines.writer(segments, 0);

        writer.roll();
        writer.closeCurrent();

        assertFalse(Files.exists(SampleLines.folder(archive)));
    }

    @Test
    void aCrashBetweenTheStepsOfClosingLosesNothing() throws IOException {
        SegmentWriter writer = writerWith(50);
        byte[] plain = Files.readAllBytes(SampleLines.plain(archive, 1));
        writer.closeCurrent();
        byte[] packed = Files.readAllBytes(SampleLines.closed(archive, 1));
        Path unfinished = SampleLines.folder(archive).resolve("0000000000000001.ndjson.0ab1.gz.tmp");
        Path unfinishedToo = SampleLines.folder(archive).resolve("0000000000000001.ndjson.gz.tmp");

        Files.delete(SampleLines.closed(archive, 1));
        add(1, plain);
        Files.write(unfinished, Arrays.copyOf(packed, packed.length / 2));
        Files.write(unfinishedToo, packed);
        assertHolds(50);
        assertTrue(SampleLines.writer(segments, 50).truncation().isEmpty());
        assertEquals(List.of("0000000000000001.ndjson"), SampleLines.names(archive));
        assertHolds(50);

        Files.write(SampleLines.closed(archive, 1), packed);
        assertHolds(50);
        SegmentWriter next = SampleLines.writer(segments, 50);
        assertTrue(next.truncation().isEmpty());
        assertEquals(List.of("0000000000000001.ndjson.gz"), SampleLines.names(archive));
        next.append(51, SampleLines.lines(51, 53));
        assertHolds(53);
    }

    @Test
    void unfinishedFilesOfTheOtherTypeAreNotTouched() throws IOException {
        writerWith(3);
        Path other = SampleLines.folder(archive).resolve("messages-0000000000000001.ndjson.gz.tmp");
        Files.write(other, new byte[3]);

        SampleLines.writer(segments, 0);

        assertTrue(Files.exists(other));
    }

    @Test
    void aClosedSegmentThatTheStoreDoesNotKnowIsQuarantined() throws IOException {
        SegmentWriter writer = writerWith(3);
        writer.closeCurrent();
        writer.append(4, SampleLines.lines(4, 6));
        writer.closeCurrent();
        writer.append(7, SampleLines.lines(7, 8));
        byte[] first = Files.readAllBytes(SampleLines.closed(archive, 1));
        byte[] second = Files.readAllBytes(SampleLines.closed(archive, 4));

        SegmentWriter restored = SampleLines.writer(segments, 2);

        assertHolds(2);
        Path folder = SampleLines.folder(archive);
        assertArrayEquals(first, Files.readAllBytes(folder.resolve("0000000000000001.ndjson.gz.aside-1")));
        assertArrayEquals(second, Files.readAllBytes(folder.resolve("0000000000000004.ndjson.gz.aside-1")));
        restored.append(3, SampleLines.lines(3, 3));
        restored.closeCurrent();
        SampleLines.writer(segments, 0);
        assertTrue(
                Files.exists(folder.resolve("0000000000000001.ndjson.gz.aside-2")),
                "each quarantine gets the next number");
        assertEquals(
                List.of(),
                SampleLines.names(archive).stream()
                        .filter(name -> !name.contains("aside"))
                        .toList());
    }

    @Test
    void aPausedWriterFailsAfterATakeoverClosedItsFile() throws IOException {
        SegmentWriter paused = writerWith(3);
        SegmentWriter successor = SampleLines.writer(segments, 3);
        successor.closeCurrent();
        successor.append(4, SampleLines.lines(4, 6));

        assertThrows(NoSuchFileException.class, () -> paused.append(4, SampleLines.lines(4, 4)));
        assertThrows(IllegalStateException.class, () -> paused.append(4, SampleLines.lines(4, 4)));

        successor.append(7, SampleLines.lines(7, 7));
        assertHolds(7);
    }

    @Test
    void writesOfAPausedWriterToItsOpenFileAreLost() throws IOException {
        writerWith(3);
        try (FileChannel paused = FileChannel.open(SampleLines.plain(archive, 1), StandardOpenOption.WRITE)) {
            SegmentWriter successor = SampleLines.writer(segments, 3);
            paused.write(ByteBuffer.wrap(SampleLines.line(4, 7).bytes()), paused.size());
            successor.closeCurrent();
            successor.append(4, SampleLines.lines(4, 6));

            paused.write(ByteBuffer.wrap(SampleLines.line(5, 7).bytes()), paused.size());
        }

        assertHolds(6);
        assertArrayEquals(SampleLines.line(4).bytes(), segments.find(4).orElseThrow());
    }

    @Test
    void aPausedWriterDoesNotReplaceAFileCreatedInTheMeantime() throws IOException {
        SegmentWriter paused = SampleLines.writer(segments, 0);
        writerWith(3);

        assertThrows(FileAlreadyExistsException.class, () -> paused.append(1, SampleLines.lines(1, 1)));

        assertHolds(3);
    }

    @Test
    void aPausedWriterDoesNotAppendToARecreatedFile() throws IOException {
        SegmentWriter paused = writerWith(3);
        SegmentWriter successor = SampleLines.writer(segments, 0);
        successor.append(1, SampleLines.lines(1, 5));

        assertThrows(IOException.class, () -> paused.append(4, SampleLines.lines(4, 4)));
        assertThrows(IllegalStateException.class, paused::closeCurrent);

        assertHolds(5);
    }

    @Test
    void aPausedWriterDoesNotRemoveLinesCommittedInTheMeantime() throws IOException {
        UnverifiedWriter pausedAtFirst = segments.open();
        writerWith(3);
        UnverifiedWriter paused = segments.open();
        SegmentWriter successor = SampleLines.writer(segments, 0);
        successor.append(1, SampleLines.lines(1, 3));

        assertThrows(IOException.class, () -> pausedAtFirst.truncate(() -> OptionalLong.of(0)));
        assertThrows(IOException.class, () -> paused.truncate(() -> OptionalLong.of(0)));
        assertThrows(IOException.class, () -> paused.truncate(() -> OptionalLong.of(0)), "also at the next attempt");

        successor.append(4, SampleLines.lines(4, 4));
        assertHolds(4);
    }

    @Test
    void aFailedWriteIsRemovedAndRepeated() throws IOException {
        SegmentWriter writer = writerWith(3);
        Path away = archive.resolveSibling("away");
        Files.move(SampleLines.folder(archive), away);
        assertThrows(IOException.class, () -> writer.append(4, SampleLines.lines(4, 5)));
        Files.move(away, SampleLines.folder(archive));

        writer.truncate(3);
        writer.append(4, SampleLines.lines(4, 5));

        assertHolds(5);
    }

    @Test
    void foldersAreCreatedButNotTheArchiveFolder() throws IOException {
        Path missing = archive.resolve("vanished");
        Segments there = SampleLines.segments(missing, LARGE);

        assertThrows(IOException.class, there::open);
        Files.createDirectory(missing);
        SegmentWriter writer = SampleLines.writer(there, 0);
        Files.delete(missing);
        assertThrows(IOException.class, () -> writer.append(1, SampleLines.lines(1, 1)));

        assertFalse(Files.exists(missing));
    }

    @Test
    void aFileWithAMalformedLineIsNotClosed() throws IOException {
        add(
                1,
                joined(List.of(
                        SampleLines.line(1).bytes(),
                        "x\n".getBytes(UTF_8),
                        SampleLines.line(2).bytes())));
        SegmentWriter writer = SampleLines.writer(segments, 2);

        assertThrows(IOException.class, writer::closeCurrent);

        assertEquals(List.of("0000000000000001.ndjson"), SampleLines.names(archive));
    }

    @Test
    void messagesAndReceiptsAreInSeparateFiles() throws IOException {
        Segments messages = SampleLines.segments(archive, LARGE, SegmentType.MESSAGES);
        writerWith(3);
        SegmentWriter writer = SampleLines.writer(messages, 0);
        List<byte[]> texts = new ArrayList<>();
        for (int id = 1; id <= 2; id++) {
            texts.add(SampleLines.message(id, "😀".repeat(4000)).bytes());
        }
        writer.append(1, texts);
        writer.closeCurrent();
        writer.append(3, List.of(SampleLines.message(3, "three").bytes()));

        assertEquals(
                List.of(
                        "0000000000000001.ndjson",
                        "messages-0000000000000001.ndjson.gz",
                        "messages-0000000000000003.ndjson"),
                SampleLines.names(archive));
        assertArrayEquals(texts.get(1), messages.find(2).orElseThrow());
        assertHolds(3);
    }
}
