package seenby.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.platform.Backoff;
import seenby.platform.DaemonThreads;
import seenby.platform.Ports;

/**
 * The Redis that runs inside the server. It starts on a free port of the loopback address with a random password, and
 * it is durable ({@code appendfsync always}). It is restarted when it dies, and {@link #close()} ends it.
 *
 * <p>Only the executable of the library embedded-redis is used. The server object of the library ends Redis in a
 * shutdown hook, before open polls are answered. It also hides the process, and it decides from a line in the log that
 * Redis is ready, when Redis may not answer yet.
 */
public final class EmbeddedRedis implements AutoCloseable {
    static final String HOST = "127.0.0.1";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final int MOST_TRIES = 3;

    /**
     * Why a start fails that the next one need not: somebody took the port meanwhile, or a process that this one began
     * on another thread still held the file of Redis open when it was copied.
     */
    private static final List<String> PASSING = List.of("Address already in use", "Text file busy");

    private static final int PASSWORD_BYTES = 32;
    private static final Duration LONG_LIFE = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final DataLock lock;
    private final RedisDirectory home;
    private final DiskRoom disk;
    private final Runnable onRestart;
    private final String password = newPassword();
    private final CountDownLatch closing = new CountDownLatch(1);
    private int port;
    private RedisProcess process;

    // used by the thread that watches only
    private final Backoff pauses = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    private EmbeddedRedis(DataLock lock, RedisDirectory home, Runnable onRestart) throws InterruptedException {
        this.lock = lock;
        this.home = home;
        this.disk = new DiskRoom(home.path());
        this.onRestart = onRestart;
        this.port = freePort();
        this.process = firstLife();
    }

    /** As {@link #start(Path, Optional, Runnable)}, without a callback for restarts. */
    public static EmbeddedRedis start(Path dataDir, Optional<Path> executable) {
        return start(dataDir, executable, () -> {});
    }

    /**
     * Starts Redis on the data in a directory, and returns when Redis is ready. Creates the directory if it does not
     * exist. If a killed server left a Redis behind on it, that Redis is shut down first, so that nothing is lost.
     *
     * @param executable the redis-server to copy and run; empty for the bundled one
     * @param onRestart called on another thread each time that Redis is ready after a restart
     * @throws EmbeddedRedisException if Redis cannot run or another server uses the directory
     */
    public static EmbeddedRedis start(Path dataDir, Optional<Path> executable, Runnable onRestart) {
        Path directory = RedisDirectory.directory(dataDir);
        DataLock lock = DataLock.take(directory);
        boolean started = false;
        try {
            RedisDirectory home = RedisDirectory.open(directory, executable);
            home.data().requireBeside(directory);
            EmbeddedRedis redis = new EmbeddedRedis(lock, home, onRestart);
            redis.watch();
            started = true;
            return redis;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedRedisException("the start was interrupted", e);
        } finally {
            if (!started) {
                lock.close();
            }
        }
    }

    public String host() {
        return HOST;
    }

    /** The port; it stays the same after a restart. */
    public int port() {
        return port;
    }

    /** A random password for this start only. It is in no log and on no command line. */
    public String password() {
        return password;
    }

    /** Why nothing may be written now; empty if it may. */
    public Optional<String> writeBan() {
        return disk.ban();
    }

    /** Shuts Redis down and unlocks the directory. A second call does nothing. */
    @Override
    public void close() {
        RedisProcess last;
        synchronized (this) {
            if (closing.getCount() == 0) {
                return;
            }
            // No process is launched after this, so this is the last one.
            closing.countDown();
            last = process;
        }
        last.end();
        lock.close();
    }

    private RedisProcess firstLife() throws InterruptedException {
        for (int tries = 1; ; tries++) {
            home.configure(port, password);
            home.clearLog();
            RedisProcess life = RedisProcess.launch(home);
            boolean ready = false;
            try {
                ready = life.awaitReady(port, password);
            } finally {
                if (!ready) {
                    life.end();
                }
            }
            if (ready) {
                return life;
            }
            String words = life.lastWords();
            if (home.repairs(words)) {
                continue;
            }
            if (tries == MOST_TRIES || PASSING.stream().noneMatch(words::contains)) {
                throw home.failure(words);
            }
            port = freePort();
        }
    }

    private void watch() {
        DaemonThreads.create("embedded-redis", this::keepAlive).start();
    }

    private void keepAlive() {
        try {
            while (true) {
                while (!current().awaitEnd(LOOK_EVERY)) {
                    disk.look();
                }
                if (closing.getCount() == 0) {
                    return;
                }
                bury(current());
                if (!restart()) {
                    return;
                }
                LOG.info("Redis runs again.");
                tell();
            }
        } catch (InterruptedException e) {
            LOG.error("Redis is no longer watched. It will not be restarted if it ends.", e);
        }
    }

    /** Says why it has ended. A pause before a restart is forgotten only after a long life. */
    private void bury(RedisProcess ended) {
        if (ended.life().compareTo(LONG_LIFE) > 0) {
            pauses.reset();
        }
        String lastWords = ended.lastWords();
        disk.redisEnded(lastWords, ended.life());
        LOG.warn(
                "Redis has ended unexpectedly (exit {}). Restarting it in {} ms. Its last words: {}",
                ended.exitCode(),
                pauses.pause().toMillis(),
                lastWords);
        disk.ban().ifPresent(reason -> LOG.warn("Redis gets no writes. {}", reason));
    }

    private void tell() {
        try {
            onRestart.run();
        } catch (RuntimeException e) {
            // Redis must be watched in any case.
            LOG.error("A task after the restart of Redis failed.", e);
        }
    }

    /** Tries until Redis is ready on its port, which returns true, or until this is closed, which returns false. */
    private boolean restart() throws InterruptedException {
        while (!closing.await(pauses.next().toMillis(), TimeUnit.MILLISECONDS)) {
            if (relaunch() && current().awaitReady(port, password)) {
                return true;
            }
            disk.look();
            if (closing.getCount() > 0) {
                LOG.warn(
                        "Redis did not start. Trying again in {} ms. Its last words: {}",
                        pauses.pause().toMillis(),
                        current().lastWords());
                repair();
            }
        }
        return false;
    }

    /** It may have been killed during a write. */
    private void repair() {
        try {
            home.repairs(current().lastWords());
        } catch (UncheckedIOException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    private synchronized RedisProcess current() {
        return process;
    }

    /** Holds the lock that {@link #close()} takes too, so that a race of the two leaves no process behind. */
    private synchronized boolean relaunch() {
        if (closing.getCount() == 0) {
            return false;
        }
        try {
            process = RedisProcess.launch(home);
            return true;
        } catch (EmbeddedRedisException e) {
            LOG.warn("{}", e.getMessage());
            return false;
        }
    }

    private static int freePort() {
        try {
            return Ports.free();
        } catch (IOException e) {
            throw new EmbeddedRedisException("cannot find a free port on " + HOST + ": " + e.getMessage(), e);
        }
    }

    private static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
