package seenby.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import seenby.checker.History;
import seenby.measurement.RedisConf;
import seenby.support.ServerProcess;
import seenby.support.Tools;

/** The server that runs at the moment, one process after the other on the same data. */
final class CrashServer implements AutoCloseable {
    private static final int LONGEST_STOP_MILLIS = 4000;
    private static final int LONGEST_START_MILLIS = 1500;
    private static final List<String> SETTINGS = List.of("rate.requests_per_second=0", "receipts.coalesce=100ms");

    private final Path directory;
    private final String[] settings;
    private final Random random;
    private final History history;
    private volatile ServerProcess process;
    private int kills;

    CrashServer(Path directory, History history, Random random, String... settings) {
        this.directory = directory;
        this.settings = Stream.concat(SETTINGS.stream(), Stream.of(settings)).toArray(String[]::new);
        this.history = history;
        this.random = random;
        this.process = ServerProcess.start(directory, this.settings);
    }

    ServerProcess process() {
        return process;
    }

    int kills() {
        return kills;
    }

    Path dataOfRedis() {
        return process.dataDir().resolve("redis/appendonly.aof");
    }

    void pause(int mostMillis) {
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(mostMillis)).toNanos());
    }

    /** Its Redis outlives it. */
    void kill() {
        kills++;
        process.kill();
        readLog();
        start();
    }

    /** Now and then it is killed during the start. */
    void start() {
        if (random.nextInt(3) == 0) {
            kills++;
            ServerProcess half = ServerProcess.launch(directory, settings);
            pause(LONGEST_START_MILLIS);
            half.kill();
        }
        process = ServerProcess.start(directory, settings);
    }

    void killRedis() {
        kills++;
        List<ProcessHandle> redis = process.redis();
        redis.forEach(ProcessHandle::destroyForcibly);
        redis.forEach(ended -> ended.onExit().join());
    }

    /** Kills it and its Redis, and starts neither. */
    void end() {
        kills++;
        if (random.nextBoolean()) {
            process.redis().forEach(ProcessHandle::destroyForcibly);
        }
        process.close();
        readLog();
    }

    /** No fault here is one of the server. */
    void readLog() {
        process.err("[ERROR]").forEach(line -> history.addUnexpected("the log says: " + line));
    }

    void stop() {
        stop(List.of(ProcessHandle.of(process.pid()).orElseThrow()));
    }

    void stopRedis() {
        stop(process.redis());
    }

    /** Redis refuses writes for a while. */
    void fillRedis() {
        command(redis -> redis.configSet("maxmemory", "1"));
        pause(LONGEST_STOP_MILLIS);
        command(redis -> redis.configSet("maxmemory", "0"));
    }

    private void stop(List<ProcessHandle> processes) {
        processes.forEach(stopped -> signal("STOP", stopped));
        pause(LONGEST_STOP_MILLIS);
        processes.forEach(stopped -> signal("CONT", stopped));
    }

    private static void signal(String name, ProcessHandle process) {
        assertTrue(Tools.work("kill -" + name + " " + process.pid()));
    }

    /** Gives its Redis a command. */
    void command(Consumer<Jedis> command) {
        try (Jedis redis = connection()) {
            command.accept(redis);
        } catch (JedisException away) {
            // another fault has hit it just before
        }
    }

    /** RESP2, for commands about connections. */
    private Jedis connection() {
        try {
            return new Jedis(
                    RedisConf.url(process.dataDir().resolve("redis/redis.conf")),
                    DefaultJedisClientConfig.builder()
                            .autoNegotiateProtocol(false)
                            .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
