package seenby.backup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.stream.Stream;
import seenby.config.Config;
import seenby.platform.Directories;

/** Where a backup or a restore may write. */
final class Places {
    private Places() {}

    /** What an external Redis holds is copied by its own means. */
    static void requireEmbedded(Config config) {
        if (config.redis().isExternal()) {
            throw new BackupException("backup and restore are for the embedded Redis, and redis.url is set."
                    + " Save that Redis by its own means first, and then copy archive.dir");
        }
    }

    static void requireEmpty(Path folder, String remedy) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            if (found.iterator().hasNext()) {
                throw new BackupException("%s is not empty. %s".formatted(folder, remedy));
            }
        } catch (NoSuchFileException missing) {
            // as good as an empty one
        } catch (NotDirectoryException file) {
            throw new BackupException("%s is no folder. %s".formatted(folder, remedy), file);
        } catch (IOException e) {
            throw new BackupException("cannot read %s: %s".formatted(folder, e), e);
        }
    }

    /** What has failed. Failures of the file system name the file alone in their message. */
    static String reason(Exception failure) {
        return failure instanceof FileSystemException ? failure.toString() : String.valueOf(failure.getMessage());
    }

    /** Removes everything in a folder. The folder itself stays: it may be a mount. */
    static void clear(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> found = Files.list(folder)) {
            found.toList().forEach(Directories::delete);
        } catch (IOException e) {
            throw new BackupException("cannot empty %s: %s. Empty it before you try again".formatted(folder, e), e);
        }
    }
}
