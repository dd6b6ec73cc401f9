package seenby.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.group.GroupId;

class ArchiveTest {
    private static final String OLDER = "ffffffffff";

    @TempDir
    private Path directory = Path.of("");

    private Path dir() {
        return directory.resolve("data").resolve("archive");
    }

    private Archive archive() {
        return new Archive(dir(), 1000);
    }

    private static void fill(Archive archive, String incarnation, SegmentKind kind, List<byte[]> lines)
            throws IOException {
        SegmentWriter writer = archive.segments(Sample.GROUP, incarnation, kind).writer();
        writer.cut(0);
        writer.append(1, lines);
        writer.roll();
    }

    private static void fill(Archive archive, String incarnation, long lines) throws IOException {
        fill(archive, incarnation, SegmentKind.RECEIPTS, Sample.lines(1, lines));
    }

    @Test
    void linesAreFoundAgainOneByOneAndInRanges() throws IOException {
        Archive archive = archive();
        fill(archive, Sample.INCARNATION, 20);

        List<ArchiveLine> range = new ArrayList<>();
        archive.range(Sample.GROUP, Sample.INCARNATION, 3, 5, range::add);

        assertEquals(Optional.of(Sample.line(7)), archive.find(Sample.GROUP, Sample.INCARNATION, 7));
        assertEquals(List.of(Sample.line(3), Sample.line(4), Sample.line(5)), range);
        assertEquals(Optional.empty(), archive.find(Sample.GROUP, Sample.INCARNATION, 21));
        assertEquals(Optional.empty(), archive.find(new GroupId("none"), Sample.INCARNATION, 1));
    }

    @Test
    void noIncarnationAnswersForAnother() throws IOException {
        Archive archive = archive();
        fill(archive, OLDER, 3);
        fill(archive, Sample.INCARNATION, 1);

        assertEquals(Optional.empty(), archive.find(Sample.GROUP, Sample.INCARNATION, 2));
        assertEquals(Optional.of(Sample.line(2)), archive.find(Sample.GROUP, OLDER, 2));
    }

    @Test
    void theFolderIsMadeForItsOwnerAloneWhenItIsFirstUsed() throws IOException {
        Archive archive = archive();
        assertFalse(Files.exists(dir()));

        assertTrue(archive.isWritable());

        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(dir())));
    }

    @Test
    void aFolderThatVanishesIsTroubleUntilItIsBackAndIsNotMadeAgain() throws IOException {
        Archive archive = archive();
        fill(archive, Sample.INCARNATION, 3);
        SegmentWriter writer = archive.segments(Sample.GROUP, Sample.INCARNATION, SegmentKind.RECEIPTS)
                .writer();
        Path away = directory.resolve("away");
        Files.move(dir(), away);

        for (int i = 0; i < 2; i++) {
            assertFalse(archive.isWritable());
            assertThrows(IOException.class, () -> archive.find(Sample.GROUP, Sample.INCARNATION, 1));
            assertThrows(IOException.class, () -> archive.range(Sample.GROUP, Sample.INCARNATION, 1, 9, line -> {}));
            assertThrows(IOException.class, () -> archive.delete(Sample.GROUP, Sample.INCARNATION));
            assertThrows(IOException.class, () -> writer.cut(3));
            assertFalse(Files.exists(dir()));
            if (i == 0) {
                Files.createFile(dir());
                assertThrows(IOException.class, () -> archive.find(Sample.GROUP, Sample.INCARNATION, 1));
                assertThrows(IOException.class, () -> writer.cut(3));
                Files.delete(dir());
            }
        }

        Files.move(away, dir());
        assertTrue(archive.isWritable());
        assertEquals(Optional.of(Sample.line(1)), archive.find(Sample.GROUP, Sample.INCARNATION, 1));
        writer.cut(3);
        writer.append(4, Sample.lines(4, 4));
        assertEquals(Optional.of(Sample.line(4)), archive.find(Sample.GROUP, Sample.INCARNATION, 4));
    }

    @Test
    void aFolderThatCanNotBeMadeIsTroubleUntilItCan() throws IOException {
        Files.createFile(directory.resolve("data"));
        Archive archive = archive();

        assertFalse(archive.isWritable());
        assertThrows(IOException.class, () -> archive.find(Sample.GROUP, Sample.INCARNATION, 1));
        Files.delete(directory.resolve("data"));

        assertTrue(archive.isWritable());
    }

    @Test
    void deletingRemovesAllOfOneIncarnationAndTheFoldersThatAreEmptyThen() throws IOException {
        Archive archive = archive();
        fill(archive, OLDER, 20);
        fill(
                archive,
                OLDER,
                SegmentKind.MESSAGES,
                List.of(Sample.message(1, "one").bytes()));
        fill(archive, Sample.INCARNATION, 3);
        Files.createFile(dir().resolve("ops").resolve(OLDER).resolve("0000000000000001.ndjson.gz.tmp"));

        archive.delete(Sample.GROUP, OLDER);
        assertEquals(Optional.empty(), archive.find(Sample.GROUP, OLDER, 1));
        assertEquals(Optional.of(Sample.line(1)), archive.find(Sample.GROUP, Sample.INCARNATION, 1));
        archive.delete(Sample.GROUP, Sample.INCARNATION);
        archive.delete(Sample.GROUP, Sample.INCARNATION);

        try (var left = Files.list(dir())) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void incarnationsAreToldTheOldestFirst() throws IOException {
        Archive archive = archive();
        SegmentKind receipts = SegmentKind.RECEIPTS;
        ArchiveLine early = Sample.line(1);
        ArchiveLine late = new ArchiveLine(
                early.group(),
                1,
                early.sender(),
                early.sentAt(),
                early.archivedAt().plusSeconds(1),
                early.lists());
        fill(archive, "0000000000", receipts, List.of(late.bytes()));
        fill(archive, OLDER, receipts, List.of(early.bytes()));
        Files.createDirectory(dir().resolve("ops").resolve("1111111111"));

        assertEquals(List.of(OLDER, "0000000000"), archive.incarnations(Sample.GROUP, receipts));
        assertEquals(List.of(), archive.incarnations(Sample.GROUP, SegmentKind.MESSAGES));
        assertTrue(archive.knows(Sample.GROUP, Optional.of("1111111111")));
        assertFalse(archive.knows(Sample.GROUP, Optional.of("2222222222")));
        assertFalse(archive.knows(new GroupId("none"), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../ops", "a/b", "/etc"})
    void noIncarnationLeadsOutOfTheFolder(String incarnation) throws IOException {
        Archive archive = archive();

        assertThrows(IllegalArgumentException.class, () -> archive.find(Sample.GROUP, incarnation, 1));
        assertThrows(IllegalArgumentException.class, () -> archive.delete(Sample.GROUP, incarnation));
        assertFalse(archive.knows(Sample.GROUP, Optional.of(incarnation)));
    }
}
