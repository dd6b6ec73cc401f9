package seenby.archive;

import java.time.Duration;
import java.util.Optional;

/**
 * How this instance sweeps.
 *
 * @param receipts how long receipts stay in Redis
 * @param messages how long messages stay in Redis; empty if forever
 * @param token tells this instance from others on the same Redis
 */
public record SweepSettings(Duration receipts, Optional<Duration> messages, String token) {
    /** How long a claim outlives an instance that dies or hangs. */
    static final Duration TTL = Duration.ofSeconds(10);

    private static final String SINGLE = "alone";

    /**
     * For a server that is the only one on its Redis, which the lock on its directory ensures. All such servers share a
     * token, so one that starts after {@code kill -9} owns the old claims and goes on at once.
     */
    public static SweepSettings single(Duration receipts, Optional<Duration> messages) {
        return new SweepSettings(receipts, messages, SINGLE);
    }

    /** The longest time that a timer of a group may run. */
    public Duration longest() {
        return messages.filter(kept -> kept.compareTo(receipts) > 0).orElse(receipts);
    }

    public String ttlMillis() {
        return Long.toString(TTL.toMillis());
    }
}
