package seenby.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data of Redis on disk: one file, or from Redis 7 on a directory of files. */
final class AppendOnlyFile {
    private static final Logger LOG = LoggerFactory.getLogger(AppendOnlyFile.class);
    static final String FILE = "appendonly.aof";
    static final String DIRECTORY = "appendonlydir";

    /** Names the files in the directory. */
    static final String LIST = FILE + ".manifest";

    private static final String COPY = ".damaged";
    private static final int BLOCK = 8192;

    /** In bytes. Redis writes what it answers at once, and a script of ours writes far less. */
    private static final int LONGEST_WRITE = 64 << 20;

    /** The last one is of zeros in place of the length of a word: reading nothing fails without an error. */
    private static final Pattern DAMAGE =
            Pattern.compile("(Bad file format|Unexpected end of file|Unknown command '.*') reading the append only file"
                    + "|Unrecoverable error reading the append only file.*: Success");

    /** What only a server that has stored something leaves in its directory. */
    private static final List<String> TRACES = List.of("admin.token", "line", "archive/.seenby-archive");

    private final Path directory;

    /** @param directory where Redis runs */
    AppendOnlyFile(Path directory) {
        this.directory = directory;
    }

    /** Whether these last words of Redis say that it cannot read its data. */
    static boolean isDamaged(String lastWords) {
        return DAMAGE.matcher(lastWords).find();
    }

    /** Refuses to begin with nothing where something was: clients would lose all, and nobody would be told. */
    void requireBeside(Path dataDir) {
        Optional<String> trace = TRACES.stream()
                .filter(name -> Files.exists(dataDir.resolve(name)))
                .findFirst();
        if (trace.isPresent() && files().allMatch(file -> size(file) == 0)) {
            throw new EmbeddedRedisException(
                    "%s has %s, but %s is missing or empty: the data of Redis is lost. Restore it from a backup, or move"
                                    .formatted(dataDir, trace.get(), directory.resolve(FILE))
                            + " %s away to begin anew".formatted(dataDir));
        }
    }

    /** Whether Redis 7 or newer has written it. */
    boolean isDirectory() {
        return Files.exists(directory.resolve(DIRECTORY));
    }

    private Stream<Path> files() {
        return Stream.concat(Stream.of(directory.resolve(FILE)).filter(Files::exists), list().stream());
    }

    private List<Path> list() {
        Path parts = directory.resolve(DIRECTORY);
        if (!Files.isDirectory(parts)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(parts)) {
            return found.filter(file -> !file.toString().endsWith(".manifest")
                            && !file.toString().endsWith(COPY))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read %s: %s".formatted(parts, e), e);
        }
    }

    /** Its size, with all its parts. */
    long bytes() {
        return files().mapToLong(AppendOnlyFile::size).sum();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read %s: %s".formatted(file, e), e);
        }
    }

    /**
     * Removes what a loss of power leaves at the end of a file that Redis has refused: a part of the last write, and
     * zeros where the file system had made the file longer and not written yet. Nobody was told that this was done.
     * Redis itself would remove the last command only, and at a later start do the rest of its transaction.
     *
     * @return whether there was any; a copy of it stays
     */
    boolean repairEnd() {
        return files().anyMatch(this::repairEnd);
    }

    private boolean repairEnd(Path file) {
        OptionalLong whole = new AppendOnlyCheck(directory).whole(file);
        if (whole.isEmpty() || whole.getAsLong() == size(file)) {
            return false;
        }
        try (FileChannel channel = open(file)) {
            return isUnfinished(channel, whole.getAsLong()) && cut(channel, whole.getAsLong(), file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot repair %s: %s".formatted(file, e), e);
        }
    }

    /**
     * Cuts off the part of a write at the end of each file, as a copy of a file that Redis writes to may have one.
     *
     * @param executable the directory of a redis-server
     * @return whether all files are whole now; if not, they are damaged
     */
    boolean removeUnfinishedEnd(Path executable) throws IOException {
        AppendOnlyCheck check = new AppendOnlyCheck(executable);
        for (Path file : files().toList()) {
            OptionalLong whole = check.whole(file);
            try (FileChannel channel = open(file)) {
                if (whole.isEmpty() || !isWholeOrUnfinished(channel, whole.getAsLong())) {
                    return false;
                }
                channel.truncate(whole.getAsLong());
                channel.force(true);
            }
        }
        return true;
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static boolean isWholeOrUnfinished(FileChannel channel, long whole) throws IOException {
        return whole == channel.size() || isUnfinished(channel, whole);
    }

    /** Whether there is nothing but a part of a write and zeros behind the last whole transaction. */
    private static boolean isUnfinished(FileChannel channel, long whole) throws IOException {
        long end = Math.max(whole, withoutZeros(channel));
        return end > 0 && end - whole <= LONGEST_WRITE && UnfinishedCommands.areIn(read(channel, whole, end));
    }

    private static boolean cut(FileChannel channel, long whole, Path file) throws IOException {
        long size = channel.size();
        String copy = copyIfThereIsRoom(channel, whole, size, file.resolveSibling(file.getFileName() + COPY));
        channel.truncate(whole);
        channel.force(true);
        LOG.warn(
                "{} ended in {} bytes of a write that was cut off, as after a loss of power. They are removed; {}.",
                file,
                size - whole,
                copy);
        return true;
    }

    /**
     * A full disk is one of the causes, and nobody was told that what is removed was done.
     *
     * @return for the log, where the copy is
     */
    private static String copyIfThereIsRoom(FileChannel channel, long from, long to, Path copy) {
        try (FileChannel rest = FileChannel.open(
                copy, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.transferTo(from, to - from, rest);
            return "a copy is in " + copy;
        } catch (IOException e) {
            return "there is no copy, because it cannot be written: " + e;
        }
    }

    private static ByteBuffer read(FileChannel channel, long from, long to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) (to - from));
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
            // a channel may return less than asked for
        }
        return bytes.flip();
    }

    private static long withoutZeros(FileChannel channel) throws IOException {
        long end = channel.size();
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        while (end > 0) {
            int length = (int) Math.min(BLOCK, end);
            block.clear().limit(length);
            channel.read(block, end - length);
            int last = length;
            while (last > 0 && block.get(last - 1) == 0) {
                last--;
            }
            end -= length - last;
            if (last > 0) {
                return end;
            }
        }
        return end;
    }

    /** The data is damaged before its end, so a repair would lose what was answered. */
    EmbeddedRedisException damage() {
        Path file = directory.resolve(FILE);
        String where = Files.exists(file) ? FILE : DIRECTORY + "/" + LIST;
        return new EmbeddedRedisException(
                ("%s is damaged, and not only at its end. Restore it from a backup. Or keep what is before the damage: cd '%s'"
                                + " && cp -a . ../redis.damaged && ln -sf redis-server redis-check-aof"
                                + " && yes | ./redis-check-aof --fix %s")
                        .formatted(directory.resolve(where), directory, where));
    }
}
