package seenby.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Holds a data directory for one server. The system lets go of it when the process ends, however it ends. */
final class DataLock implements AutoCloseable {
    /**
     * The directories that this very JVM holds. Static, because file locks belong to the process: opening the lock file
     * a second time and closing it again would silently drop the lock that another server of this JVM holds.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DataLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** Takes the directory, given by its real path, or throws at once where another server has it. */
    static DataLock take(Path directory) {
        if (!HELD.add(directory)) {
            throw taken(directory);
        }
        try {
            return new DataLock(directory, lock(directory));
        } catch (IOException e) {
            HELD.remove(directory);
            throw new EmbeddedRedisException("data.dir %s can't be locked: %s".formatted(directory, e), e);
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
                "another server runs on data.dir %s: stop it first, or set data.dir to a directory of its own"
                        .formatted(directory));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EmbeddedRedisException("data.dir %s can't be unlocked: %s".formatted(directory, e), e);
        } finally {
            HELD.remove(directory);
        }
    }
}
