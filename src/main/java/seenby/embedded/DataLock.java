package seenby.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Locks a data directory for one server. The operating system releases the lock when the process ends. */
final class DataLock implements AutoCloseable {
    /**
     * The directories that this JVM has locked. Static, because file locks belong to the process: to open and close the
     * lock file a second time would silently release the lock of another server in this JVM.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DataLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** Locks the directory, given by its real path. Throws at once if another server has locked it. */
    static DataLock take(Path directory) {
        if (!HELD.add(directory)) {
            throw taken(directory);
        }
        try {
            return new DataLock(directory, lock(directory));
        } catch (IOException e) {
            HELD.remove(directory);
            throw new EmbeddedRedisException(
                    "cannot lock data.dir %s: %s. Allow this user to write to it, or set data.dir to another directory"
                            .formatted(directory, e),
                    e);
        } catch (EmbeddedRedisException e) {
            HELD.remove(directory);
            throw e;
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        Path file = directory.resolve("seenby.lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw taken(directory);
        }
        return channel;
    }

    private static EmbeddedRedisException taken(Path directory) {
        return new EmbeddedRedisException(
                "another server uses data.dir %s. Stop it, or set data.dir to another directory".formatted(directory));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EmbeddedRedisException("cannot unlock data.dir %s: %s".formatted(directory, e), e);
        } finally {
            HELD.remove(directory);
        }
    }
}
