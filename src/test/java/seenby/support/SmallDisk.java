package seenby.support;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A disk that can be full. Only a system administrator can mount one; other tests are skipped. */
public final class SmallDisk implements AutoCloseable {
    private static final int BLOCK_BYTES = 4096;

    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    /**
     * Mounts one on a new directory.
     *
     * @param options as {@code mount} takes them, such as {@code size=40m}
     */
    public static SmallDisk mount(Path directory, String options) throws IOException {
        Optional<SmallDisk> disk = tryToMount(directory, options);
        assumeTrue(disk.isPresent());
        return disk.orElseThrow();
    }

    /** As {@link #mount}, but nothing is skipped. */
    public static Optional<SmallDisk> tryToMount(Path directory, String options) throws IOException {
        Files.createDirectory(directory);
        boolean isMounted = Tools.work("mount -t tmpfs -o " + options + " tmpfs '" + directory + "'");
        return isMounted ? Optional.of(new SmallDisk(directory)) : Optional.empty();
    }

    public Path path() {
        return path;
    }

    private Path filler() {
        return path.resolve("filler");
    }

    /** Writes until it is full. */
    public void fill() {
        try (var out = Files.newOutputStream(filler())) {
            byte[] block = new byte[BLOCK_BYTES];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertTrue(String.valueOf(full.getMessage()).contains("space"), full.toString());
        }
    }

    /** Deletes what {@link #fill} has written. */
    public void empty() throws IOException {
        Files.delete(filler());
    }

    /** The last process on it may need a moment to end. */
    @Override
    public void close() {
        Eventually.eventually("the disk is unmounted", () -> Tools.work("umount '" + path + "'"));
    }
}
