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
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.group.GroupId;
import seenby.segment.SampleLines;
import seenby.segment.SegmentType;
import seenby.segment.SegmentWriter;
import seenby.segment.UnverifiedWriter;

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

    private static void fill(Archive archive, String incarnation, SegmentType kind, List<byte[]> lines)
            throws IOException {
        SegmentWriter writer = SampleLines.writer(archive.segments(SampleLines.GROUP, incarnation, kind), 0);
        writer.append(1, lines);
        writer.roll();
    }

    private static void fill(Archive archive, String incarnation, long lines) throws IOException {
        fill(archive, incarnation, SegmentType.RECEIPTS, SampleLines.lines(1, lines));
    }

    @Test
    void linesAreFoundByIdAndByRange() throws IOException {
        Archive archive = archive();
        fill(archive, SampleLines.INCARNATION, 20);

        List<ArchiveLine> range = new ArrayList<>();
        archive.range(SampleLines.GROUP, SampleLines.INCARNATION, 3, 5, range::add);

        assertEquals(Optional.of(SampleLines.line(7)), archive.find(SampleLines.GROUP, SampleLines.INCARNATION, 7));
        assertEquals(List.of(SampleLines.line(3), SampleLines.line(4), SampleLines.line(5)), range);
        assertEquals(Optional.empty(), archive.find(SampleLines.GROUP, SampleLines.INCARNATION, 21));
        assertEquals(Optional.empty(), archive.find(new GroupId("none"), SampleLines.INCARNATION, 1));
    }

    @Test
    void incarnationsAreSeparate() throws IOException {
        Archive archive = archive();
        fill(archive, OLDER, 3);
        fill(archive, SampleLines.INCARNATION, 1);

        assertEquals(Optional.empty(), archive.find(SampleLines.GROUP, SampleLines.INCARNATION, 2));
        assertEquals(Optional.of(SampleLines.line(2)), archive.find(SampleLines.GROUP, OLDER, 2));
    }

    /** Whatever stood there before. */
    @Test
    void onlyTheOwnerCanReadIt() throws IOException {
        Files.createDirectories(dir());
        Files.setPosixFilePermissions(dir(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Archive archive = archive();
        archive.mark();
        fill(archive, SampleLines.INCARNATION, 20);
        fill(archive, OLDER, 1);

        try (Stream<Path> all = Files.walk(dir())) {
            for (Path path : all.toList()) {
                assertEquals(
                        Files.isDirectory(path) ? "rwx------" : "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
                        path::toString);
            }
        }
    }

    @Test
    void theFolderIsCreatedAtFirstUseWithOwnerOnlyPermissions() throws IOException {
        Archive archive = archive();
        assertFalse(Files.exists(dir()));

        assertTrue(archive.isWritable());

        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(dir())));
    }

    @Test
    void aMissingFolderIsAnErrorUntilItReturnsAndIsNotRecreated() throws IOException {
        Archive archive = archive();
        fill(archive, SampleLines.INCARNATION, 3);
        UnverifiedWriter opened = archive.segments(SampleLines.GROUP, SampleLines.INCARNATION, SegmentType.RECEIPTS)
                .open();
        Path away = directory.resolve("away");
        Files.move(dir(), away);

        for (int i = 0; i < 2; i++) {
            assertFalse(archive.isWritable());
            assertThrows(IOException.class, () -> archive.find(SampleLines.GROUP, SampleLines.INCARNATION, 1));
            assertThrows(
                    IOException.class,
                    () -> archive.range(SampleLines.GROUP, SampleLines.INCARNATION, 1, 9, line -> {}));
            assertThrows(IOException.class, () -> archive.delete(SampleLines.GROUP, SampleLines.INCARNATION));
            assertThrows(IOException.class, () -> opened.truncate(() -> OptionalLong.of(3)));
            assertFalse(Files.exists(dir()));
            if (i == 0) {
                Files.createFile(dir());
                assertThrows(IOException.class, () -> archive.find(SampleLines.GROUP, SampleLines.INCARNATION, 1));
                assertThrows(IOException.class, () -> opened.truncate(() -> OptionalLong.of(3)));
                Files.delete(dir());
            }
        }

        Files.move(away, dir());
        assertTrue(archive.isWritable());
        assertEquals(Optional.of(SampleLines.line(1)), archive.find(SampleLines.GROUP, SampleLines.INCARNATION, 1));
        SegmentWriter writer = opened.truncate(() -> OptionalLong.of(3)).orElseThrow();
        writer.append(4, SampleLines.lines(4, 4));
        assertEquals(Optional.of(SampleLines.line(4)), archive.find(SampleLines.GROUP, SampleLines.INCARNATION, 4));
    }

    @Test
    void aFolderThatCannotBeCreatedIsAnErrorUntilItCan() throws IOException {
        Files.createFile(directory.resolve("data"));
        Archive archive = archive();

        assertFalse(archive.isWritable());
        assertThrows(IOException.class, () -> archive.find(SampleLines.GROUP, SampleLines.INCARNATION, 1));
        Files.delete(directory.resolve("data"));

        assertTrue(archive.isWritable());
    }

    @Test
    void deletionRemovesOneIncarnationAndEmptyFolders() throws IOException {
        Archive archive = archive();
        fill(archive, OLDER, 20);
        fill(
                archive,
                OLDER,
                SegmentType.MESSAGES,
                List.of(SampleLines.message(1, "one").bytes()));
        fill(archive, SampleLines.INCARNATION, 3);
        Files.createFile(dir().resolve("ops").resolve(OLDER).resolve("0000000000000001.ndjson.gz.tmp"));

        archive.delete(SampleLines.GROUP, OLDER);
        assertEquals(Optional.empty(), archive.find(SampleLines.GROUP, OLDER, 1));
        assertEquals(Optional.of(SampleLines.line(1)), archive.find(SampleLines.GROUP, SampleLines.INCARNATION, 1));
        archive.delete(SampleLines.GROUP, SampleLines.INCARNATION);
        archive.delete(SampleLines.GROUP, SampleLines.INCARNATION);

        try (var left = Files.list(dir())) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void incarnationsAreListedOldestFirst() throws IOException {
        Archive archive = archive();
        SegmentType receipts = SegmentType.RECEIPTS;
        ArchiveLine early = SampleLines.line(1);
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

        assertEquals(List.of(OLDER, "0000000000"), archive.incarnations(SampleLines.GROUP, receipts));
        assertEquals(List.of(), archive.incarnations(SampleLines.GROUP, SegmentType.MESSAGES));
        assertTrue(archive.knows(SampleLines.GROUP, Optional.of("1111111111")));
        assertFalse(archive.knows(SampleLines.GROUP, Optional.of("2222222222")));
        assertFalse(archive.knows(new GroupId("none"), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../ops", "a/b", "/etc"})
    void anIncarnationCannotEscapeTheFolder(String incarnation) throws IOException {
        Archive archive = archive();

        assertThrows(IllegalArgumentException.class, () -> archive.find(SampleLines.GROUP, incarnation, 1));
        assertThrows(IllegalArgumentException.class, () -> archive.delete(SampleLines.GROUP, incarnation));
        assertFalse(archive.knows(SampleLines.GROUP, Optional.of(incarnation)));
    }
}
