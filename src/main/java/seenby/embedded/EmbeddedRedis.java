package seenby.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.platform.DaemonThreads;

/**
 * A Redis of the server's own, as a resource: started on a free port of the loopback address, with a random password,
 * durable ({@code appendfsync always}), started again when it dies, and ended by {@link #close()}.
 *
 * <p>Of the library embedded-redis only the executable is used. Its own server object ends Redis in a shutdown hook of
 * its own, which would come before open polls are answered; it hides the process; and it takes Redis for ready by a
 * text in its log, which is not to say that it answers.
 */
public final class EmbeddedRedis implements AutoCloseable {
    static final String HOST = "127.0.0.1";

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final int PORTS_TO_TRY = 3;
    private static final int PASSWORD_BYTES = 32;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final DataLock lock;
    private final RedisDirectory home;
    private final Runnable onRestart;
    private final String password = newPassword();
    private final CountDownLatch closing = new CountDownLatch(1);
    private int port;
    private RedisProcess process;

    private EmbeddedRedis(DataLock lock, RedisDirectory home, Runnable onRestart) throws InterruptedException {
        this.lock = lock;
        this.home = home;
        this.onRestart = onRestart;
        this.port = freePort();
        this.process = firstLife();
    }

    /** As {@link #start(Path, Optional, Runnable)}, where nobody needs to know of restarts. */
    public static EmbeddedRedis start(Path dataDir, Optional<Path> executable) {
        return start(dataDir, executable, () -> {});
    }

    /**
     * Starts Redis on the data in a directory, which is made where it is missing, and returns when Redis is ready. A
     * Redis that a killed server left behind on it is ended first, in order, so that nothing is lost.
     *
     * @param executable the redis-server to run a copy of; empty: the bundled one
     * @param onRestart called on another thread each time Redis is ready again after it had died
     * @throws EmbeddedRedisException in one line, when it can't run or another server has the directory
     */
    public static EmbeddedRedis start(Path dataDir, Optional<Path> executable, Runnable onRestart) {
        Path directory = RedisDirectory.directory(dataDir);
        DataLock lock = DataLock.take(directory);
        boolean started = false;
        try {
            EmbeddedRedis redis = new EmbeddedRedis(lock, RedisDirectory.open(directory, executable), onRestart);
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

    /** The port, for as long as this object lives: a restart comes back on it. */
    public int port() {
        return port;
    }

    /** Random and good for this start only; it stands in no log and on no command line. */
    public String password() {
        return password;
    }

    /** Ends Redis in order and lets go of the directory. A second call does nothing. */
    @Override
    public void close() {
        RedisProcess last;
        synchronized (this) {
            if (closing.getCount() == 0) {
                return;
            }
            // From here on nothing is launched any more, so this is the last process there is.
            closing.countDown();
            last = process;
        }
        last.end();
        lock.close();
    }

    private RedisProcess firstLife() throws InterruptedException {
        for (int tries = 1; ; tries++) {
            home.configure(port, password);
            RedisProcess life = RedisProcess.launch(home, false);
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
            if (tries == PORTS_TO_TRY || !home.portWasTaken()) {
                throw home.failure();
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
                int exit = current().awaitEnd();
                if (closing.getCount() == 0) {
                    return;
                }
                LOG.warn(
                        "Redis has ended by itself (exit {}) and is started again; the end of {}: {}",
                        exit,
                        home.log(),
                        home.lastWords());
                if (!restart()) {
                    return;
                }
                LOG.info("Redis is back");
                tell();
            }
        } catch (InterruptedException e) {
            LOG.error("Redis is not watched any more", e);
        }
    }

    private void tell() {
        try {
            onRestart.run();
        } catch (RuntimeException e) {
            // Redis must be watched on, whatever the owner makes of the news.
            LOG.error("What was to be done after a restart of Redis failed", e);
        }
    }

    /** Tries until Redis is ready on the port it had: true; or until this is closed: false. */
    private boolean restart() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            if (relaunch() && current().awaitReady(port, password)) {
                return true;
            }
            Duration twice = pause.multipliedBy(2);
            pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
            if (closing.getCount() > 0) {
                LOG.warn("Redis did not start, the next try is in {} ms: {}", pause.toMillis(), home.lastWords());
            }
        }
        return false;
    }

    private synchronized RedisProcess current() {
        return process;
    }

    /** Under the lock that {@link #close()} takes too, so that no process is left behind by a race of the two. */
    private synchronized boolean relaunch() {
        if (closing.getCount() == 0) {
            return false;
        }
        try {
            process = RedisProcess.launch(home, true);
            return true;
        } catch (EmbeddedRedisException e) {
            LOG.warn("{}", e.getMessage());
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new EmbeddedRedisException("no free port on " + HOST + ": " + e.getMessage(), e);
        }
    }

    private static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
