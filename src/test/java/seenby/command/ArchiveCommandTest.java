package seenby.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.archive.Archive;
import seenby.archive.ArchiveLine;
import seenby.archive.MessageLine;
import seenby.group.GroupId;
import seenby.receipt.Receipt;
import seenby.segment.SampleLines;
import seenby.segment.SegmentType;
import seenby.segment.SegmentWriter;
import seenby.user.UserId;

class ArchiveCommandTest {
    private static final GroupId OPS = new GroupId("ops");
    private static final UserId ANN = new UserId("ann");
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path directory = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... words) {
        out.reset();
        err.reset();
        return run(out, words);
    }

    private int run(OutputStream to, String... words) {
        return new ArchiveCommand(to, new PrintStream(err, true, UTF_8)).run(List.of(words));
    }

    private static byte[] line(long id, int day) {
        return new ArchiveLine(OPS, id, ANN, TIME, TIME.plusSeconds(86_400L * day), Optional.empty()).bytes();
    }

    private void fill(String incarnation, SegmentType type, List<byte[]> lines) throws IOException {
        SegmentWriter writer = SampleLines.writer(new Archive(directory, 300).segments(OPS, incarnation, type), 0);
        for (int i = 0; i < lines.size(); i++) {
            writer.append(i + 1, List.of(lines.get(i)));
            writer.roll();
        }
    }

    private void fill(String incarnation, int day, int lines) throws IOException {
        fill(
                incarnation,
                SegmentType.RECEIPTS,
                LongStream.rangeClosed(1, lines).mapToObj(id -> line(id, day)).toList());
    }

    private static String joined(List<byte[]> lines) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        lines.forEach(all::writeBytes);
        return all.toString(UTF_8);
    }

    private static String lines(int day, long... ids) {
        List<byte[]> lines = new ArrayList<>();
        LongStream.of(ids).forEach(id -> lines.add(line(id, day)));
        return joined(lines);
    }

    private void assertOneLine(String... words) {
        String printed = err.toString(UTF_8);
        assertEquals(1, printed.lines().count(), printed);
        assertTrue(printed.startsWith("seenby: "), printed);
        List.of(words).forEach(word -> assertTrue(printed.contains(word), printed));
        assertEquals("", out.toString(UTF_8));
    }

    @Test
    void verifyOfAGoodArchivePrintsOneLineAndExitsWithZero() throws IOException {
        fill("0000000001", 1, 7);

        assertEquals(0, run("verify", directory.toString()));

        assertEquals("1 groups, 3 segments, 7 lines: no errors\n", out.toString(UTF_8));
        assertEquals("", err.toString(UTF_8));
    }

    @Test
    void verifyOfABadArchivePrintsTheFirstFaultAndExitsWithOne() throws IOException {
        fill("0000000001", 1, 2);
        Path file = directory.resolve("ops/0000000001/0000000000000001.ndjson");
        Files.writeString(file, lines(1, 1, 3, 5));

        assertEquals(1, run("verify", directory.toString()));

        assertEquals(file + ":2: id is 3, expected 2\n", out.toString(UTF_8));
    }

    @Test
    void verifyOfAFolderThatIsNoArchiveExitsWithOne() {
        assertEquals(1, run("verify", directory.toString()));

        assertOneLine(directory + " is not an archive");
    }

    @Test
    void catChangesNothingInTheFolder() throws IOException {
        fill("0000000001", 1, 1);

        assertEquals(0, run("cat", directory.toString(), "ops"));

        assertEquals(
                List.of("ops"),
                List.of(Objects.requireNonNull(directory.toFile().list())));
    }

    @Test
    void catPrintsLinesUnchanged() throws IOException {
        fill("0000000001", 1, 7);
        String dir = directory.toString();

        assertEquals(0, run("cat", dir, "ops"));
        assertEquals(lines(1, 1, 2, 3, 4, 5, 6, 7), out.toString(UTF_8));
        assertEquals(0, run("cat", dir, "ops", "6"));
        assertEquals(lines(1, 6, 7), out.toString(UTF_8));
        assertEquals(0, run("cat", dir, "ops", "3", "5"));
        assertEquals(lines(1, 3, 4, 5), out.toString(UTF_8));
        assertEquals(0, run("cat", dir, "ops/0000000001", "8"));
        assertEquals("", out.toString(UTF_8));
    }

    @Test
    void catPrintsAllIncarnationsOldestFirstOrTheNamedOne() throws IOException {
        fill("0000000001", 2, 1);
        fill("0000000002", 1, 2);

        assertEquals(0, run("cat", directory.toString(), "ops"));
        assertEquals(lines(1, 1, 2) + lines(2, 1), out.toString(UTF_8));
        assertEquals(0, run("cat", directory.toString(), "ops/0000000002", "2", "2"));
        assertEquals(lines(1, 2), out.toString(UTF_8));
    }

    @Test
    void catWithMessagesPrintsMessages() throws IOException {
        byte[] message = new MessageLine(OPS, 1, ANN, TIME, TIME, "好").bytes();
        fill("0000000001", 1, 2);
        fill("0000000001", SegmentType.MESSAGES, List.of(message));

        assertEquals(0, run("cat", "--messages", directory.toString(), "ops"));

        assertEquals(joined(List.of(message)), out.toString(UTF_8));
    }

    private void fillTwoGroupsOverTwoDays() throws IOException {
        Receipt.Reader bob = new Receipt.Reader(new UserId("bob"), TIME.plusMillis(5));
        ArchiveLine.Lists lists = new ArchiveLine.Lists(List.of(bob), List.of(new UserId("cid")), Optional.empty());
        Instant nextDay = TIME.plusSeconds(86_400);
        fill(
                "0000000001",
                SegmentType.RECEIPTS,
                List.of(
                        new ArchiveLine(OPS, 1, ANN, TIME, nextDay, Optional.of(lists)).bytes(),
                        new ArchiveLine(OPS, 2, ANN, nextDay, nextDay, Optional.empty()).bytes()));
        GroupId dev = new GroupId("dev");
        SampleLines.writer(new Archive(directory, 300).segments(dev, "0000000002", SegmentType.RECEIPTS), 0)
                .append(1, List.of(new ArchiveLine(dev, 1, ANN, nextDay, nextDay, Optional.empty()).bytes()));
    }

    @Test
    void catPrintsWhatWasSentInATimeOfAllGroupsWithTheIncarnation() throws IOException {
        fillTwoGroupsOverTwoDays();
        String dir = directory.toString();

        assertEquals(0, run("cat", dir, "--all", "--incarnation", "--since", "2026-01-02T00:00:00Z"));
        List<String> lines = out.toString(UTF_8).lines().toList();
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith("{\"incarnation\":\"0000000002\",\"group\":\"dev\",\"id\":1,"));
        assertTrue(lines.get(1).startsWith("{\"incarnation\":\"0000000001\",\"group\":\"ops\",\"id\":2,"));

        assertEquals(0, run("cat", dir, "ops", "--until", "2026-01-02T00:00:00Z"));
        assertTrue(out.toString(UTF_8).startsWith("{\"group\":\"ops\",\"id\":1,"));
        assertEquals(1, out.toString(UTF_8).lines().count());
    }

    @Test
    void catPrintsReceiptsAndMessagesAsCsv() throws IOException {
        fillTwoGroupsOverTwoDays();
        fill(
                "0000000003",
                SegmentType.MESSAGES,
                List.of(new MessageLine(OPS, 1, ANN, TIME, TIME, "a \"b\", c\nd").bytes()));
        String dir = directory.toString();

        assertEquals(0, run("cat", dir, "--all", "--csv"));
        assertEquals("""
                group,incarnation,id,sender,sent_at,archived_at,member,read_at
                ops,0000000001,1,ann,2026-01-01T00:00:00.000Z,2026-01-02T00:00:00.000Z,bob,2026-01-01T00:00:00.005Z
                ops,0000000001,1,ann,2026-01-01T00:00:00.000Z,2026-01-02T00:00:00.000Z,cid,
                """, out.toString(UTF_8));
        assertEquals(0, run("cat", dir, "ops", "--csv", "--messages"));
        assertEquals("""
                group,incarnation,id,sender,sent_at,archived_at,text
                ops,0000000003,1,ann,2026-01-01T00:00:00.000Z,2026-01-01T00:00:00.000Z,"a ""b"", c
                d"
                """, out.toString(UTF_8));
    }

    @Test
    void unknownGroupIsNamedInOneLine() throws IOException {
        fill("0000000001", 1, 1);
        for (String group : List.of("dev", "Ops", "..", "ops/0000000002", "ops/..", "ops/")) {
            assertEquals(1, run("cat", directory.toString(), group));
            assertOneLine("no group " + group);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "check DIR",
                "verify",
                "verify DIR more",
                "verify NONE",
                "cat",
                "cat DIR",
                "cat NONE ops",
                "cat DIR ops 0",
                "cat DIR ops x",
                "cat DIR ops 1 -2",
                "cat DIR ops 3 2",
                "cat DIR ops 1 2 3",
                "cat DIR ops 12345678901234567",
                "cat DIR ops --all",
                "cat --all",
                "cat DIR ops --since",
                "cat DIR ops --until yesterday",
            })
    void mistakeIsReportedInOneLine(String words) throws IOException {
        fill("0000000001", 1, 1);
        String[] given = words.isEmpty() ? new String[0] : words.split(" ");
        for (int i = 0; i < given.length; i++) {
            given[i] = given[i].replace("DIR", directory.toString()).replace("NONE", directory + "/none");
        }

        assertEquals(1, run(given));

        assertOneLine();
        assertTrue(Files.notExists(directory.resolve("none")), "nothing is created");
    }

    @Test
    void closedPipeEndsTheCommandQuietlyAndAFullDiskIsReported() throws IOException {
        fill("0000000001", 1, 3);

        assertEquals(0, run(failing("Broken pipe"), "cat", directory.toString(), "ops"));
        assertEquals("", err.toString(UTF_8));
        assertEquals(1, run(failing("No space left on device"), "cat", directory.toString(), "ops"));
        assertOneLine("No space left");
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
    }
}
