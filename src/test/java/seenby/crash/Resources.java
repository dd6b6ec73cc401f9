package seenby.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import seenby.measurement.LiveHeap;
import seenby.platform.RedisInfo;

/**
 * What a server holds at a moment.
 *
 * @param heap bytes of the objects that are in use, after the garbage is collected
 * @param redis bytes that Redis has in use
 * @param data bytes of the append-only file
 */
record Resources(long heap, long threads, long files, long redis, long data) {
    private static final long MIB = 1 << 20;

    static Resources of(CrashServer server) {
        ProcessHandle process = ProcessHandle.of(server.process().pid()).orElseThrow();
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        AtomicLong redis = new AtomicLong();
        server.command(connection -> redis.set(
                new RedisInfo(connection.info("memory")).number("used_memory").orElse(0)));
        try {
            return new Resources(
                    LiveHeap.of(process).orElseThrow(),
                    count(proc.resolve("task")),
                    count(proc.resolve("fd")),
                    redis.get(),
                    Files.size(server.dataOfRedis()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }

    /** Whether this is no more than an earlier look, but for what goes up and down. */
    boolean isNoMoreThan(Resources before) {
        return heap <= before.heap + before.heap / 4 + 16 * MIB
                && threads <= before.threads + 20
                && files <= before.files + 40
                && redis <= before.redis + before.redis / 4 + 4 * MIB
                && data <= before.data + 128 * MIB;
    }

    @Override
    public String toString() {
        return "heap %.1f MiB, %d threads, %d files, Redis %.1f MiB, data %.1f MiB"
                .formatted((double) heap / MIB, threads, files, (double) redis / MIB, (double) data / MIB);
    }
}
