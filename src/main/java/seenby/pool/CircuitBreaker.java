package seenby.pool;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import seenby.platform.DaemonThreads;

/**
 * Lets calls through to Redis: a bounded number at a time, in the order in which they came, and none while Redis hangs.
 * After a call that has timed out it asks Redis until that answers. The breakers of libraries let a call of a client
 * find that out, which would wait.
 */
final class CircuitBreaker implements AutoCloseable {
    private static final Duration PROBE_EVERY = Duration.ofMillis(100);

    private final Semaphore turns;
    private final Duration patience;
    private final BooleanSupplier probe;
    private final AtomicBoolean hangs = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * @param most calls at the same time
     * @param patience how long a call may wait for its turn
     * @param probe asks Redis, with a short deadline, and tells whether it has answered
     */
    CircuitBreaker(int most, Duration patience, BooleanSupplier probe) {
        this.turns = new Semaphore(most, true);
        this.patience = patience;
        this.probe = probe;
    }

    /** Makes a call. Fails at once if Redis hangs, also if it was found to hang while the call waited for its turn. */
    <T> T call(Supplier<T> call) {
        check();
        awaitTurn();
        try {
            check();
            return call.get();
        } catch (JedisException e) {
            if (RedisFailures.isTimeout(e)) {
                open();
            }
            throw e;
        } finally {
            turns.release();
        }
    }

    private void awaitTurn() {
        try {
            if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new JedisConnectionException(
                        "no connection to Redis was free for " + patience.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JedisConnectionException("the wait for a connection to Redis was interrupted", e);
        }
    }

    /** Fails if Redis hangs. */
    void check() {
        if (hangs.get()) {
            throw new JedisConnectionException("it hangs: a call has timed out");
        }
    }

    /** Redis seems to hang. If it does not, the first probe finds that out. */
    void open() {
        if (!closed && hangs.compareAndSet(false, true)) {
            DaemonThreads.create("redis-probe", this::awaitAnswer).start();
        }
    }

    private void awaitAnswer() {
        while (!closed && !probe.getAsBoolean()) {
            LockSupport.parkNanos(PROBE_EVERY.toNanos());
        }
        hangs.set(false);
    }

    /** Ends the probes. */
    @Override
    public void close() {
        closed = true;
    }
}
