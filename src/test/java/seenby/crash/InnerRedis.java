package seenby.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import seenby.measurement.RedisConf;
import seenby.support.ServerProcess;
import seenby.support.SmallDisk;

/** The embedded Redis. Its disk can be full, where it is small. */
final class InnerRedis implements CrashRedis {
    private final Path dataDir;
    private final Optional<SmallDisk> disk;

    private InnerRedis(Path dataDir, Optional<SmallDisk> disk) {
        this.dataDir = dataDir;
        this.disk = disk;
    }

    /** @param directory of the server */
    static InnerRedis in(Path directory) {
        return new InnerRedis(ServerProcess.dataIn(directory), Optional.empty());
    }

    /** On a disk that can be full. Without the right to mount one, this is the same as {@link #in}. */
    static InnerRedis onSmallDisk(Path directory) {
        Path dataDir = ServerProcess.dataIn(directory);
        try {
            return new InnerRedis(dataDir, SmallDisk.tryToMount(dataDir, "size=256m"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> settings() {
        return List.of();
    }

    @Override
    public void start() {
        // the server starts it
    }

    @Override
    public List<ProcessHandle> processes() {
        return ServerProcess.redisOn(dataDir);
    }

    @Override
    public URI url() {
        try {
            return RedisConf.url(dataDir.resolve("redis/redis.conf"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path data() {
        return dataDir.resolve("redis/appendonly.aof");
    }

    @Override
    public boolean isRepaired() {
        return true;
    }

    @Override
    public List<FaultKind> faults(CrashServer server) {
        return disk.stream()
                .flatMap(small -> List.of(
                        new FaultKind("disk full", () -> fill(small, server, () -> {})),
                        new FaultKind("kill of Redis on a full disk", () -> fill(small, server, server::killRedis)))
                        .stream())
                .toList();
    }

    private static void fill(SmallDisk disk, CrashServer server, Runnable fault) {
        disk.fill();
        server.pauseForLong();
        fault.run();
        server.pauseForLong();
        try {
            disk.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        disk.ifPresent(SmallDisk::close);
    }
}
