package seenby.support;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits until a condition holds that other threads or processes bring about, and fails after a time limit. */
public final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long SHORTEST_PAUSE_NANOS = Duration.ofMillis(5).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private Eventually() {}

    public static void eventually(String claim, BooleanSupplier holds) {
        long began = System.nanoTime();
        while (!holds.getAsBoolean()) {
            long waited = System.nanoTime() - began;
            if (waited > LIMIT.toNanos()) {
                throw new AssertionError("not within " + LIMIT.toSeconds() + " s: " + claim);
            }
            LockSupport.parkNanos(pause(waited));
        }
    }

    /** A twentieth of the wait, because each look costs others processor time. */
    private static long pause(long waitedNanos) {
        return Math.max(SHORTEST_PAUSE_NANOS, Math.min(LONGEST_PAUSE_NANOS, waitedNanos / 20));
    }
}
