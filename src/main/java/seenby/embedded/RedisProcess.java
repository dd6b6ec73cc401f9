package seenby.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

/** One life of the embedded Redis: from its start to its end, which may come by itself. */
final class RedisProcess {
    private static final Duration PROBE_EVERY = Duration.ofMillis(10);
    /** Reading a large append-only file takes its time; a Redis that takes longer than this is stuck. */
    private static final Duration READY_WITHIN = Duration.ofMinutes(10);

    private static final Duration END_WITHIN = Duration.ofSeconds(10);

    private final Process process;

    private RedisProcess(Process process) {
        this.process = process;
    }

    /** Starts Redis, which is not ready yet. A restart goes on in the same log, so that the words of before stay. */
    static RedisProcess launch(RedisDirectory home, boolean restart) {
        ProcessBuilder command = home.command();
        command.redirectOutput(
                restart
                        ? Redirect.appendTo(home.log().toFile())
                        : Redirect.to(home.log().toFile()));
        try {
            return new RedisProcess(command.start());
        } catch (IOException e) {
            throw new EmbeddedRedisException("the embedded Redis can't be run: " + e.getMessage(), e);
        }
    }

    /** Waits until Redis takes commands: true; or has ended: false. */
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

    private static boolean answers(int port, JedisClientConfig config) {
        try (Jedis jedis = new Jedis(EmbeddedRedis.HOST, port, config)) {
            return jedis.ping().equals("PONG");
        } catch (JedisException e) {
            // Not listening yet, or still loading its file: both are ordinary on the way up.
            return false;
        }
    }

    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    void end() {
        end(process.toHandle());
    }

    /** Ends a Redis in order: on SIGTERM it writes and syncs what it has, and goes. One that doesn't is killed. */
    static void end(ProcessHandle process) {
        process.destroy();
        if (!ended(process)) {
            process.destroyForcibly();
            ended(process);
        }
    }

    /**
     * One that has ended counts as alive until its parent asks for its exit code. The parent of an orphan is the first
     * process of the system or container, and not each of those asks soon, or ever. Nothing runs from its path any more.
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
                    // Whoever closes wants Redis gone also then: the interrupt is kept for afterwards.
                    interrupted = true;
                } catch (TimeoutException | ExecutionException e) {
                    // It takes its time.
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
