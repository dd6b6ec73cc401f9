package seenby.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.support.Parallel;

class SegmentsTest {
    @TempDir
    private Path archive = Path.of("");

    /** Segments with lines from id 1, closed at this size; some lines exceed a gzip member or have no lists. */
    private Segments filled(long lines, long segmentBytes, int readers) throws IOException {
        Segments segments = SampleLines.segments(archive, segmentBytes);
        SegmentWriter writer = SampleLines.writer(segments, 0);
        for (long id = 1; id <= lines; id++) {
            writer.append(id, List.of(line(id, readers)));
            writer.roll();
        }
        return segments;
    }

    private static byte[] line(long id, int readers) {
        return SampleLines.line(id, id % 7 == 0 ? readers : 1).bytes();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 5_000, 300_000, Long.MAX_VALUE})
    void existingLinesAreFoundAndMissingLinesAreNot(long segmentBytes) throws IOException {
        Segments segments = filled(24, segmentBytes, 3000);

        for (long id = 1; id <= 24; id++) {
            assertArrayEquals(line(id, 3000), segments.find(id).orElseThrow(), "line " + id);
        }
        for (long id : List.of(-1L, 0L, 25L, 1L << 53, Long.MAX_VALUE)) {
            assertTrue(segments.find(id).isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 5_000, 300_000, Long.MAX_VALUE})
    void everyRangeIsReadInAscendingOrder(long segmentBytes) throws IOException {
        Segments segments = filled(20, segmentBytes, 3000);

        for (long from = 0; from <= 22; from++) {
            for (long upto = from - 1; upto <= 22; upto++) {
                assertEquals(
                        SampleLines.range(Math.max(1, from), Math.min(20, upto)),
                        SampleLines.ids(segments, from, upto));
            }
        }
        segments.read(1, Long.MAX_VALUE, (id, line) -> assertArrayEquals(line(id, 3000), line));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 5_000, 300_000, Long.MAX_VALUE})
    void singleLinesAreReadInAscendingOrder(long segmentBytes) throws IOException {
        Segments segments = filled(90, segmentBytes, 10);

        for (List<Long> ids : List.of(List.<Long>of(), List.of(1L), List.of(2L, 3L, 19L, 60L, 61L, 90L))) {
            List<Long> read = new ArrayList<>();
            NavigableSet<Long> asked = new TreeSet<>(ids);
            asked.add(1000L);
            segments.read(asked, (id, line) -> read.add(id));
            assertEquals(ids, read);
        }
    }

    @Test
    void aMissingGroupIsEmptyAndAMissingArchiveIsAnError() throws IOException {
        Segments none = SampleLines.segments(archive, 1);
        Segments away = SampleLines.segments(archive.resolve("away"), 1);

        assertTrue(none.find(1).isEmpty());
        assertTrue(none.first().isEmpty());
        assertEquals(List.of(), SampleLines.ids(none, 1, 9));
        assertThrows(IOException.class, () -> away.find(1));
        assertThrows(IOException.class, away::first);
        assertThrows(IOException.class, () -> SampleLines.ids(away, 1, 9));
    }

    @Test
    void aMissingSegmentHidesOnlyItsOwnLines() throws IOException {
        filled(30, 1, 1);
        Files.delete(SampleLines.closed(archive, 11));

        Segments segments = SampleLines.segments(archive, 1);

        assertTrue(segments.find(11).isEmpty());
        assertEquals(List.of(9L, 10L, 12L, 13L), SampleLines.ids(segments, 9, 13));
        assertEquals(List.of(12L, 13L), SampleLines.ids(segments, 11, 13));
    }

    @Test
    void aDamagedClosedSegmentIsAnErrorAndLosesNoLineSilently() throws IOException {
        Segments segments = filled(40, Long.MAX_VALUE, 3000);
        SegmentWriter writer = SampleLines.writer(segments, 40);
        writer.closeCurrent();
        byte[] whole = Files.readAllBytes(SampleLines.closed(archive, 1));

        for (int size = 0; size < whole.length; size += 97) {
            Files.write(SampleLines.closed(archive, 1), Arrays.copyOf(whole, size));
            assertThrows(IOException.class, () -> SampleLines.ids(segments, 1, 100), "cut at " + size);
        }
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            byte[] broken = whole.clone();
            broken[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(SampleLines.closed(archive, 1), broken);
            assertCompleteOrError(segments);
        }
    }

    /** Some bits between the members of a gzip file have no meaning. */
    private static void assertCompleteOrError(Segments segments) {
        List<byte[]> lines = new ArrayList<>();
        try {
            segments.read(1, 100, (id, line) -> lines.add(line));
        } catch (IOException damaged) {
            return;
        }
        assertEquals(40, lines.size());
        for (int i = 0; i < 40; i++) {
            assertArrayEquals(line(i + 1, 3000), lines.get(i));
        }
    }

    @Test
    void closedSegmentsAreValidGzipFiles() throws Exception {
        filled(40, 300_000, 3000);
        byte[] all = new byte[0];
        for (Path file : files(".gz")) {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
                all = joined(all, in.readAllBytes());
            }
        }

        Process zcat = new ProcessBuilder("/bin/sh", "-c", "gzip -t *.gz && zcat *.ndjson.gz && cat *.ndjson")
                .directory(SampleLines.folder(archive).toFile())
                .start();
        byte[] printed = zcat.getInputStream().readAllBytes();

        assertEquals(0, zcat.waitFor());
        byte[] expected = new byte[0];
        for (long id = 1; id <= 40; id++) {
            expected = joined(expected, line(id, 3000));
        }
        assertArrayEquals(expected, printed);
        assertArrayEquals(Arrays.copyOf(expected, all.length), all);
        assertTrue(all.length > 300_000);
    }

    private List<Path> files(String ending) {
        return SampleLines.names(archive).stream()
                .filter(name -> name.endsWith(ending))
                .map(SampleLines.folder(archive)::resolve)
                .toList();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(one);
        all.writeBytes(other);
        return all.toByteArray();
    }

    @Test
    void aSegmentWithMoreMembersThanIndexEntriesIsSearchedCompletely() throws IOException {
        int count = 2 * GzipIndex.MAX_ENTRIES + 7;
        byte[] first = SampleLines.line(1, 800).bytes();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        GzipMemberWriter writer = new GzipMemberWriter(file);
        for (int id = 1; id <= count; id++) {
            // so long that no member holds two lines
            writer.add(id, id % 1000 == 1 ? SampleLines.line(id, 800).bytes() : first);
        }
        writer.finish();
        Files.createDirectories(SampleLines.folder(archive));
        Files.write(SampleLines.closed(archive, 1), file.toByteArray());

        Segments segments = SampleLines.segments(archive, 1);

        for (int id = 1; id <= count; id += 1000) {
            assertArrayEquals(
                    SampleLines.line(id, 800).bytes(), segments.find(id).orElseThrow());
        }
        try (ClosedSegment segment = ClosedSegment.open(SampleLines.closed(archive, 1))) {
            assertEquals(count, segment.last());
        }
    }

    @Test
    void newAndNewlyClosedSegmentsAreFound() throws IOException {
        Segments segments = filled(3, Long.MAX_VALUE, 1);
        assertTrue(segments.find(3).isPresent());
        assertTrue(segments.find(4).isEmpty());
        SegmentWriter writer = SampleLines.writer(segments, 3);
        writer.closeCurrent();
        writer.append(4, List.of(line(4, 1)));

        for (int round = 0; round < 2; round++) {
            for (long id = 1; id <= 4; id++) {
                assertArrayEquals(line(id, 1), segments.find(id).orElseThrow());
            }
        }
    }

    @Test
    void aTornLastLineDoesNotDisturbOtherLines() throws IOException {
        Segments segments = filled(8, Long.MAX_VALUE, 1);
        Files.writeString(
                SampleLines.plain(archive, 1), "{\"group\":\"ops\",\"id\":9,\"torn", UTF_8, StandardOpenOption.APPEND);

        assertEquals(SampleLines.range(1, 8), SampleLines.ids(segments, 1, Long.MAX_VALUE));
        assertTrue(segments.find(8).isPresent());
        assertFalse(segments.find(9).isPresent());
    }

    @Test
    void committedLinesAreFoundWhileAWriterAppendsTruncatesAndCloses() {
        Segments segments = SampleLines.segments(archive, 3_000);
        AtomicLong committed = new AtomicLong();
        AtomicBoolean isDone = new AtomicBoolean();

        Parallel.run(
                () -> {
                    try {
                        write(SampleLines.writer(segments, 0), committed);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } finally {
                        isDone.set(true);
                    }
                },
                () -> readCommitted(segments, committed, isDone, 1),
                () -> readCommitted(segments, committed, isDone, 2));

        assertEquals(300, committed.get());
    }

    private static void write(SegmentWriter writer, AtomicLong committed) throws IOException {
        Random random = new Random(3);
        while (committed.get() < 300) {
            long next = committed.get() + 1;
            long last = Math.min(300, next + random.nextInt(8));
            if (random.nextInt(3) == 0) {
                writer.append(
                        next,
                        List.of(SampleLines.line(next, random.nextInt(300)).bytes()));
                writer.truncate(committed.get());
            }
            writer.append(next, SampleLines.lines(next, last));
            committed.set(last);
            writer.roll();
        }
    }

    private static void readCommitted(Segments segments, AtomicLong committed, AtomicBoolean isDone, long seed) {
        Random random = new Random(seed);
        try {
            while (!isDone.get()) {
                long upto = committed.get();
                long id = 1L + random.nextInt((int) upto + 1);
                if (id <= upto) {
                    assertArrayEquals(
                            SampleLines.line(id).bytes(), segments.find(id).orElseThrow());
                    List<byte[]> lines = new ArrayList<>();
                    segments.read(id, upto, (at, line) -> lines.add(line));
                    assertEquals(upto - id + 1, lines.size());
                    assertArrayEquals(SampleLines.line(upto).bytes(), lines.get(lines.size() - 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
