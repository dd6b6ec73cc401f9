package seenby.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data of Redis on disk: one file, or from Redis 7 on a directory of files. */
final class AppendOnlyFile {
    private static final Logger LOG = LoggerFactory.getLogger(AppendOnlyFile.class);
    private static final String FILE = "appendonly.aof";
    private static final String DIRECTORY = "appendonlydir";
    private static final String COPY = ".damaged";
    private static final int BLOCK = 8192;

    /** What only a server that has stored something leaves in its directory. */
    private static final List<String> TRACES = List.of("admin.token", "line", "archive/.seenby-archive");

    private final Path directory;

    /** @param directory where Redis runs */
    AppendOnlyFile(Path directory) {
        this.directory = directory;
    }

    /** Whether these last words of Redis say that it cannot read its data. */
    static boolean isDamaged(String lastWords) {
        return lastWords.contains("Bad file format reading the append only file");
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

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read %s: %s".formatted(file, e), e);
        }
    }

    /**
     * Removes zeros from the end of a file that Redis has refused. A loss of power leaves them: the file system had
     * made the file longer, and had not written what belongs there. No command ends in one, so nothing that was
     * answered is lost. Redis itself drops what is left of a command.
     *
     * @return whether there were any; a copy of the file stays
     */
    boolean repairEnd() {
        return files().anyMatch(this::repairEnd);
    }

    private boolean repairEnd(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long whole = withoutZeros(channel);
            long zeros = channel.size() - whole;
            if (zeros == 0 || whole == 0) {
                return false;
            }
            Path copy = file.resolveSibling(file.getFileName() + COPY);
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            channel.truncate(whole);
            channel.force(true);
            LOG.warn(
                    "{} ended in {} zeros, as after a loss of power. They are removed; a copy is in {}.",
                    file,
                    zeros,
                    copy);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot repair %s: %s".formatted(file, e), e);
        }
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
        String where = Files.exists(file) ? FILE : DIRECTORY + "/appendonly.aof.manifest";
        return new EmbeddedRedisException(
                ("%s is damaged, and not only at its end. Restore it from a backup. Or keep what is before the damage: cd '%s'"
                                + " && cp -a . ../redis.damaged && ln -sf redis-server redis-check-aof"
                                + " && yes | ./redis-check-aof --fix %s")
                        .formatted(directory.resolve(where), directory, where));
    }
}
