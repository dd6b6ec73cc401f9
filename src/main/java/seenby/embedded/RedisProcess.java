package seenby.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

/** One process of the embedded Redis. It may end unexpectedly. */
final class RedisProcess {
    private static final Duration PROBE_EVERY = Duration.ofMillis(10);
    /** Redis may need minutes to read a large append-only file. After this time it is stuck. */
    private static final Duration READY_WITHIN = Duration.ofMinutes(10);

    /** What was answered is on the disk already, so it is no loss to kill a Redis that hangs. */
    private static final Duration END_WITHIN = Duration.ofSeconds(2);

    private final RedisDirectory home;
    private final Process process;
    private final RedisOutput output;
    private final long begin = System.nanoTime();

    private RedisProcess(RedisDirectory home, Process process, RedisOutput output) {
        this.home = home;
        this.process = process;
        this.output = output;
    }

    /** Starts Redis, which is not ready yet. */
    static RedisProcess launch(RedisDirectory home) {
        home.removeUnfinishedRewrites();
        try {
            Process process = home.command().start();
            return new RedisProcess(home, process, new RedisOutput(process, home.log()));
        } catch (IOException e) {
            throw new EmbeddedRedisException("cannot run the embedded Redis: " + e.getMessage(), e);
        }
    }

    /** Waits until Redis accepts commands, which returns true, or has ended, which returns false. */
    boolean awaitReady(int port, String password) throws InterruptedException {
        JedisClientConfig config = DefaultJedisClientConfig.builder()
                .password(password)
                .timeoutMillis(1_000)
                .resp2()
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .build();
        long end = System.nanoTime() + READY_WITHIN.toNanos();
        while (!answers(port, config)) {
            if (process.waitFor(PROBE_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
            if (System.nanoTime() > end) {
                end();
                return false;
            }
        }
        return true;
    }

    private boolean answers(int port, JedisClientConfig config) {
        try (Jedis jedis = new Jedis(EmbeddedRedis.HOST, port, config)) {
            boolean ready = jedis.ping().equals("PONG");
            if (ready) {
                RewriteCheck.run(jedis, home);
            }
            return ready;
        } catch (JedisException e) {
            // Not listening yet, or still loading its file: both are normal during a start.
            return false;
        }
    }

    /** Waits for the end. Returns false when the time is over. */
    boolean awaitEnd(Duration most) throws InterruptedException {
        return process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Of one that has ended. */
    int exitCode() {
        return process.exitValue();
    }

    /** The end of its output, as one line. */
    String lastWords() {
        return output.lastWords();
    }

    /** How long ago it was started. */
    Duration life() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    void end() {
        end(process.toHandle());
    }

    /** Shuts a Redis down: on SIGTERM it writes and syncs its data, and exits. If it does not, it is killed. */
    static void end(ProcessHandle process) {
        process.destroy();
        if (!ended(process)) {
            process.destroyForcibly();
            ended(process);
        }
    }

    /**
     * An ended process counts as alive until its parent reads the exit code. The parent of an orphan is the first
     * process of the system or container, which may never read it. Such a process has no command any more.
     */
    static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private static boolean ended(ProcessHandle process) {
        boolean interrupted = false;
        long end = System.nanoTime() + END_WITHIN.toNanos();
        try {
            while (System.nanoTime() < end && isRunning(process)) {
                try {
                    process.onExit().get(PROBE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                    return true;
                } catch (InterruptedException e) {
                    // Redis must end in any case. The interrupt is set again afterwards.
                    interrupted = true;
                } catch (TimeoutException | ExecutionException e) {
                    // still running
                }
            }
            return !isRunning(process);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
