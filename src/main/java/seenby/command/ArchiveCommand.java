package seenby.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import seenby.archive.Archive;
import seenby.archive.NoArchiveException;
import seenby.archive.Verification;
import seenby.group.GroupId;
import seenby.segment.ArchiveCorruptException;
import seenby.segment.SegmentType;

/** {@code archive verify} and {@code archive cat}: read the archive's files, with or without a running server. */
public final class ArchiveCommand {
    private static final String MESSAGES = "--messages";
    private static final int BUFFER = 1 << 16;

    private final OutputStream out;
    private final PrintStream err;

    public ArchiveCommand(OutputStream out, PrintStream err) {
        this.out = new BufferedOutputStream(out, BUFFER);
        this.err = err;
    }

    /** A mistake in the arguments. */
    private static final class Usage extends Exception {
        Usage(String message) {
            super(message);
        }
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
                default -> throw new Usage("archive needs verify DIR or cat DIR GROUP [FROM [TO]]");
            };
        } catch (OutputFailed e) {
            // "head" closes the pipe when it has read enough, and that is no failure
            return String.valueOf(e.getMessage()).contains("Broken pipe") ? 0 : fail("cannot write: " + e.getMessage());
        } catch (Usage | NoArchiveException e) {
            return fail(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return fail("cannot read the archive: " + e);
        }
    }

    private int fail(String line) {
        err.println("seenby: " + line);
        return 1;
    }

    private int verify(List<String> words) throws IOException, Usage {
        if (words.size() != 1) {
            throw new Usage("archive verify needs one directory");
        }
        try {
            print((Verification.of(directory(words.get(0))) + "\n").getBytes(StandardCharsets.UTF_8));
            return flush(0);
        } catch (ArchiveCorruptException e) {
            print((e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
            return flush(1);
        }
    }

    private int cat(List<String> words) throws IOException, Usage {
        List<String> rest = new ArrayList<>(words);
        SegmentType type = rest.remove(MESSAGES) ? SegmentType.MESSAGES : SegmentType.RECEIPTS;
        if (rest.size() < 2 || rest.size() > 4) {
            throw new Usage("archive cat needs DIR GROUP [FROM [TO]], with or without " + MESSAGES);
        }
        long from = rest.size() > 2 ? id(rest.get(2)) : 1;
        long upto = rest.size() > 3 ? id(rest.get(3)) : Long.MAX_VALUE;
        if (upto < from) {
            throw new Usage("archive cat: FROM (" + from + ") is greater than TO (" + upto + ")");
        }
        // nothing is written, so the size of a segment does not matter
        Archive archive = new Archive(directory(rest.get(0)), Long.MAX_VALUE);
        String[] place = rest.get(1).split("/", 2);
        GroupId group = GroupId.parse(place[0]).orElseThrow(() -> unknown(rest.get(1)));
        for (String incarnation : incarnations(archive, group, place, type)) {
            archive.segments(group, incarnation, type).read(from, upto, (id, line) -> print(line));
        }
        return flush(0);
    }

    private static List<String> incarnations(Archive archive, GroupId group, String[] place, SegmentType type)
            throws IOException, Usage {
        if (!archive.knows(group, place.length > 1 ? Optional.of(place[1]) : Optional.empty())) {
            throw unknown(String.join("/", place));
        }
        return place.length > 1 ? List.of(place[1]) : archive.incarnations(group, type);
    }

    private static Usage unknown(String group) {
        return new Usage("the archive has no group " + group);
    }

    private static Path directory(String word) throws Usage {
        Path directory = Path.of(word);
        if (!Files.isDirectory(directory)) {
            throw new Usage("no such directory: " + word);
        }
        return directory;
    }

    private static long id(String word) throws Usage {
        if (!word.matches("[1-9][0-9]{0,15}")) {
            throw new Usage("archive cat: not the id of a message: " + word);
        }
        return Long.parseLong(word);
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
