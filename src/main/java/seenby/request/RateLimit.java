package seenby.request;

import com.github.benmanes.caffeine.cache.Cache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import seenby.platform.Caches;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.UserId;

/** Limits the requests per second of each user. Every answer tells how many are left. */
public final class RateLimit {
    // a bucket is full again one second after its last use, so it can be dropped after a minute
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final long MOST_USERS = 100_000;

    private final int requestsPerSecond;
    private final TimeMeter clock;
    private final LongAdder refusals = new LongAdder();
    private final Cache<UserId, Bucket> buckets =
            Caches.builder().maximumSize(MOST_USERS).expireAfterAccess(KEPT).build();

    /** @param requestsPerSecond also the size of a burst; 0 = no limit */
    public RateLimit(int requestsPerSecond) {
        this(requestsPerSecond, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimit(int requestsPerSecond, TimeMeter clock) {
        this.requestsPerSecond = requestsPerSecond;
        this.clock = clock;
    }

    /**
     * Counts a request of the user, or refuses it if the user sent too many.
     *
     * @param header sets a header of the answer, by name and value
     */
    public void take(UserId user, BiConsumer<String, String> header) {
        if (requestsPerSecond == 0) {
            return;
        }
        ConsumptionProbe probe = bucket(user).tryConsumeAndReturnRemaining(1);
        header.accept("X-RateLimit-Limit", Integer.toString(requestsPerSecond));
        header.accept("X-RateLimit-Remaining", Long.toString(probe.getRemainingTokens()));
        header.accept("X-RateLimit-Reset", seconds(Duration.ofNanos(probe.getNanosToWaitForReset())));
        if (!probe.isConsumed()) {
            refusals.increment();
            throw Refused.tooSoon(Refusal.RATE_LIMITED, Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    /** Gives a request back, because a poll that waited and ended without news costs nothing. */
    public void giveBack(UserId user) {
        if (requestsPerSecond > 0) {
            bucket(user).addTokens(1);
        }
    }

    /** How many requests were refused. */
    public long refusals() {
        return refusals.sum();
    }

    private Bucket bucket(UserId user) {
        return buckets.get(
                user,
                id -> Bucket.builder()
                        .withCustomTimePrecision(clock)
                        .addLimit(limit -> limit.capacity(requestsPerSecond)
                                .refillGreedy(requestsPerSecond, Duration.ofSeconds(1)))
                        .build());
    }

    /** Rounded up, so that a client that waits this long is not refused again. */
    static String seconds(Duration wait) {
        return Long.toString(-Math.floorDiv(-wait.toNanos(), TimeUnit.SECONDS.toNanos(1)));
    }
}
