package seenby.redis;

import java.time.Duration;
import java.util.Optional;

/**
 * On what terms this instance sweeps.
 *
 * @param receipts how long receipts stay in Redis
 * @param messages how long messages do; empty: for good
 * @param token who sweeps: what tells this instance from others on the same Redis
 */
public record SweepSettings(Duration receipts, Optional<Duration> messages, String token) {
    /** An instance that has died, or hangs, keeps others from its sweep for so long. */
    static final Duration TTL = Duration.ofSeconds(10);

    private static final String ALONE = "alone";

    /**
     * The terms of a server that is the only one on its Redis, as the lock on its directory makes sure: what a killed
     * one was sweeping the next one takes for its own, and goes on with at once.
     */
    public static SweepSettings alone(Duration receipts, Optional<Duration> messages) {
        return new SweepSettings(receipts, messages, ALONE);
    }

    String ttlMillis() {
        return Long.toString(TTL.toMillis());
    }
}
