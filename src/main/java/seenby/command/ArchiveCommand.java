package seenby.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import seenby.archive.Archive;
import seenby.archive.ArchiveLine;
import seenby.archive.MessageLine;
import seenby.archive.NoArchiveException;
import seenby.archive.Verification;
import seenby.group.GroupId;
import seenby.segment.ArchiveCorruptException;
import seenby.segment.SegmentType;

/** {@code archive verify} and {@code archive cat}: read the archive's files, with or without a running server. */
public final class ArchiveCommand {
    private static final int BUFFER = 1 << 16;

    private final OutputStream out;
    private final PrintStream err;

    public ArchiveCommand(OutputStream out, PrintStream err) {
        this.out = new BufferedOutputStream(out, BUFFER);
        this.err = err;
    }

    /** The output cannot be written: its reader has gone, or the disk is full. */
    private static final class OutputFailed extends IOException {
        OutputFailed(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** Runs the command and returns the exit code. */
    public int run(List<String> words) {
        try {
            return switch (words.isEmpty() ? "" : words.get(0)) {
                case "verify" -> verify(words.subList(1, words.size()));
                case "cat" -> cat(words.subList(1, words.size()));
                default -> throw new UsageException("archive needs verify DIR or cat DIR GROUP [FROM [TO]]");
            };
        } catch (OutputFailed e) {
            // "head" closes the pipe when it has read enough, and that is no failure
            return String.valueOf(e.getMessage()).contains("Broken pipe") ? 0 : fail("cannot write: " + e.getMessage());
        } catch (UsageException | NoArchiveException e) {
            return fail(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return fail("cannot read the archive: " + e);
        }
    }

    private int fail(String line) {
        err.println("seenby: " + line);
        return 1;
    }

    private int verify(List<String> words) throws IOException, UsageException {
        if (words.size() != 1) {
            throw new UsageException("archive verify needs one directory");
        }
        try {
            print((Verification.of(directory(words.get(0))) + "\n").getBytes(StandardCharsets.UTF_8));
            return flush(0);
        } catch (ArchiveCorruptException e) {
            print((e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
            return flush(1);
        }
    }

    private int cat(List<String> words) throws IOException, UsageException {
        CatOptions options = CatOptions.parse(words);
        // nothing is written, so the size of a segment does not matter
        Archive archive = new Archive(directory(options.directory()), Long.MAX_VALUE);
        CsvLines csv = new CsvLines(options.type());
        if (options.csv()) {
            print(csv.header());
        }
        if (options.group().isPresent()) {
            cat(archive, options, csv, options.group().get());
        } else {
            for (GroupId group : archive.groups()) {
                cat(archive, options, csv, group.value());
            }
        }
        return flush(0);
    }

    private void cat(Archive archive, CatOptions options, CsvLines csv, String named)
            throws IOException, UsageException {
        String[] place = named.split("/", 2);
        GroupId group = GroupId.parse(place[0]).orElseThrow(() -> unknown(named));
        for (String incarnation : incarnations(archive, group, place, options.type())) {
            archive.segments(group, incarnation, options.type())
                    .read(options.from(), options.upto(), (id, line) -> print(options, csv, incarnation, line));
        }
    }

    private void print(CatOptions options, CsvLines csv, String incarnation, byte[] line) throws IOException {
        if (options.hasTime() && !options.includes(sentAt(options.type(), line))) {
            return;
        }
        if (options.csv()) {
            print(csv.rows(incarnation, line));
        } else if (options.incarnation()) {
            print(("{\"incarnation\":\"" + incarnation + "\",").getBytes(StandardCharsets.UTF_8));
            print(Arrays.copyOfRange(line, 1, line.length));
        } else {
            print(line);
        }
    }

    private static Instant sentAt(SegmentType type, byte[] line) throws IOException {
        return type == SegmentType.MESSAGES
                ? MessageLine.parse(line).sentAt()
                : ArchiveLine.parse(line).sentAt();
    }

    private static List<String> incarnations(Archive archive, GroupId group, String[] place, SegmentType type)
            throws IOException, UsageException {
        if (!archive.knows(group, place.length > 1 ? Optional.of(place[1]) : Optional.empty())) {
            throw unknown(String.join("/", place));
        }
        return place.length > 1 ? List.of(place[1]) : archive.incarnations(group, type);
    }

    private static UsageException unknown(String group) {
        return new UsageException("the archive has no group " + group);
    }

    private static Path directory(String word) throws UsageException {
        Path directory = Path.of(word);
        if (!Files.isDirectory(directory)) {
            throw new UsageException("no such directory: " + word);
        }
        return directory;
    }

    private void print(byte[] line) throws OutputFailed {
        try {
            out.write(line);
        } catch (IOException e) {
            throw new OutputFailed(e);
        }
    }

    private int flush(int exit) throws OutputFailed {
        try {
            out.flush();
            return exit;
        } catch (IOException e) {
            throw new OutputFailed(e);
        }
    }
}
