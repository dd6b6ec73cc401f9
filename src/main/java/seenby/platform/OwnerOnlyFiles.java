package seenby.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files and directories that only their owner can read, from the moment they exist. */
public final class OwnerOnlyFiles {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerOnlyFiles.class);
    private static final String DIRECTORY = "rwx------";
    private static final String FILE = "rw-------";

    private OwnerOnlyFiles() {}

    /** Whether this system has such permissions. Without them everything here works, and protects nothing. */
    public static boolean areSupported() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    /** Creates a directory and its parents where they are missing. An existing one keeps its permissions. */
    public static Path createDirectories(Path directory) throws IOException {
        return Files.createDirectories(directory, forDirectory());
    }

    /** Writes a new file. An old one is deleted first, because its permissions would stay. */
    public static void write(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, permissions(FILE));
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    /**
     * Replaces the whole file, and creates its directory if that is missing. A crash leaves the old file or the new.
     */
    public static void replace(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        write(next, text);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes the rights of others from a directory. One that belongs to somebody else stays as it is. */
    public static void protect(Path directory) {
        try {
            if (areSupported()) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(DIRECTORY));
            }
        } catch (IOException e) {
            LOG.warn("Others may be able to read {}: its permissions cannot be changed ({}).", directory, e.toString());
        }
    }

    /** Creates a file, which must not exist, and opens it for writing. */
    public static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), permissions(FILE));
    }

    /** What a directory is created with. */
    public static FileAttribute<?>[] forDirectory() {
        return permissions(DIRECTORY);
    }

    private static FileAttribute<?>[] permissions(String permissions) {
        return areSupported()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
