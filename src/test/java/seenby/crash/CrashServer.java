package seenby.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
import seenby.support.ServerProcess;
import seenby.support.Tools;

/** The server that runs at the moment, one process after the other on the same data. */
final class CrashServer implements AutoCloseable {
    private static final int LONGEST_STOP_MILLIS = 4000;
    private static final int LONGEST_START_MILLIS = 1500;
    private static final int MOST_HOURS_WRONG = 1;
    private static final List<String> SETTINGS = List.of("rate.requests_per_second=0", "receipts.coalesce=100ms");

    private final Path directory;
    private final CrashRedis redis;
    private final String[] settings;
    private final Random random;
    private final Path clock;
    private final History history;
    private volatile ServerProcess process;
    private int kills;

    CrashServer(Path directory, CrashRedis redis, History history, Random random, String... settings) {
        this.directory = directory;
        this.redis = redis;
        this.settings = Stream.of(SETTINGS, redis.settings(), List.of(settings))
                .flatMap(List::stream)
                .toArray(String[]::new);
        this.history = history;
        this.random = random;
        this.clock = createClock();
        this.process = startProcess();
    }

    /** The clients go on with the last one until this one listens. */
    private ServerProcess startProcess() {
        ServerProcess next = launch();
        next.awaitGreeting();
        return next;
    }

    private Path createClock() {
        try {
            Path clock = Files.createFile(directory.resolve(MovedClockMain.CLOCK));
            MovedClock.move(clock, Duration.ZERO);
            return clock;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerProcess launch() {
        return ServerProcess.launchAs(MovedClockMain.class, directory, settings);
    }

    ServerProcess process() {
        return process;
    }

    int kills() {
        return kills;
    }

    Path dataOfRedis() {
        return redis.data();
    }

    void pause(int mostMillis) {
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(mostMillis)).toNanos());
    }

    /** As long as a stop may last. */
    void pauseForLong() {
        pause(LONGEST_STOP_MILLIS);
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
        redis.start();
        if (random.nextInt(3) == 0) {
            kills++;
            ServerProcess half = launch();
            pause(LONGEST_START_MILLIS);
            half.kill();
        }
        process = startProcess();
    }

    /** An hour forward or back, or to the right time again. Redis goes by the time of the system. */
    void moveClock() {
        int hours = random.nextInt(-MOST_HOURS_WRONG, MOST_HOURS_WRONG + 1);
        MovedClock.move(clock, Duration.ofHours(hours));
    }

    void killRedis() {
        kills++;
        redis.kill();
        redis.start();
    }

    /** Kills it and its Redis, and starts neither. */
    void end() {
        kills++;
        if (random.nextBoolean()) {
            redis.kill();
        }
        process.close();
        redis.kill();
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
        stop(redis.processes());
    }

    /** Redis refuses writes for a while. */
    void fillRedis() {
        command(full -> full.configSet("maxmemory", "1"));
        pauseForLong();
        command(full -> full.configSet("maxmemory", "0"));
    }

    private void stop(List<ProcessHandle> processes) {
        processes.forEach(stopped -> signal("STOP", stopped));
        pauseForLong();
        processes.forEach(stopped -> signal("CONT", stopped));
    }

    private static void signal(String name, ProcessHandle process) {
        assertTrue(Tools.work("kill -" + name + " " + process.pid()));
    }

    /** Gives its Redis a command. */
    void command(Consumer<Jedis> command) {
        try (Jedis connection = connection()) {
            command.accept(connection);
        } catch (JedisException away) {
            // another fault has hit it just before
        }
    }

    /** RESP2, for commands about connections. */
    private Jedis connection() {
        return new Jedis(
                redis.url(),
                DefaultJedisClientConfig.builder().autoNegotiateProtocol(false).build());
    }

    @Override
    public void close() {
        process.close();
        redis.close();
    }
}
