package seenby.segment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;

/** Folders whose names are on disk, as a file's content is not found again without its name. */
public final class Directories {
    private Directories() {}

    /** Makes a folder where there is none; the one that it lies in must be there. Its name is not on disk yet. */
    static void make(Path directory, FileAttribute<?>... attributes) throws IOException {
        try {
            Files.createDirectory(directory, attributes);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    /** Makes a folder and all that it lies in, where they are not there, and returns when their names are on disk. */
    public static void makeWithParents(Path directory, FileAttribute<?>... attributes) throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null && !Files.isDirectory(directory)) {
            makeWithParents(parent, attributes);
            make(directory, attributes);
            sync(parent);
        }
    }

    /** Returns when the names in the folder are on disk. */
    public static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
