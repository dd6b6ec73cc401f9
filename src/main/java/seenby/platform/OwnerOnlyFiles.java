package seenby.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Files and directories that only their owner can read, from the moment they exist. */
public final class OwnerOnlyFiles {
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
        Files.createFile(file, permissions("rw-------"));
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

    /** What a directory is created with. */
    public static FileAttribute<?>[] forDirectory() {
        return permissions("rwx------");
    }

    private static FileAttribute<?>[] permissions(String permissions) {
        return areSupported()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
