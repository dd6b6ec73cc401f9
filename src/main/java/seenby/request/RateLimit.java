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

/** Limits how often each user may do something: at once, and then as time passes. */
public final class RateLimit {
    private static final Duration KEPT_AT_LEAST = Duration.ofMinutes(1);
    private static final long MOST_USERS = 100_000;

    private final int most;
    private final Duration refill;
    private final TimeMeter clock;
    private final LongAdder refusals = new LongAdder();
    private final Cache<UserId, Bucket> buckets;

    /** @param requestsPerSecond also the size of a burst; 0 = no limit */
    public RateLimit(int requestsPerSecond) {
        this(requestsPerSecond, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimit(int requestsPerSecond, TimeMeter clock) {
        this(requestsPerSecond, Duration.ofSeconds(1), clock);
    }

    /** @param refill the time in which a bucket that is empty is full again. Then it need not be kept */
    private RateLimit(int most, Duration refill, TimeMeter clock) {
        this.most = most;
        this.refill = refill;
        this.clock = clock;
        this.buckets = Caches.builder()
                .maximumSize(MOST_USERS)
                .expireAfterAccess(refill.compareTo(KEPT_AT_LEAST) > 0 ? refill : KEPT_AT_LEAST)
                .build();
    }

    /**
     * How often a user may turn its read receipts off and on: 60 times, and then once in ten seconds. Each time ends or
     * begins a receipt period in all of its groups, which is kept as long as a message of it has receipts.
     */
    public static RateLimit ofChoices() {
        return ofChoices(TimeMeter.SYSTEM_NANOTIME);
    }

    static RateLimit ofChoices(TimeMeter clock) {
        return new RateLimit(60, Duration.ofMinutes(10), clock);
    }

    /**
     * Counts a request of the user, or refuses it if the user sent too many. Every answer tells how many are left.
     *
     * @param header sets a header of the answer, by name and value
     */
    public void take(UserId user, BiConsumer<String, String> header) {
        if (most == 0) {
            return;
        }
        ConsumptionProbe probe = bucket(user).tryConsumeAndReturnRemaining(1);
        header.accept("X-RateLimit-Limit", Integer.toString(most));
        header.accept("X-RateLimit-Remaining", Long.toString(probe.getRemainingTokens()));
        header.accept("X-RateLimit-Reset", seconds(Duration.ofNanos(probe.getNanosToWaitForReset())));
        requireConsumed(probe);
    }

    /** Counts what the user does, or refuses it, without a word in the headers. */
    public void take(UserId user) {
        requireConsumed(bucket(user).tryConsumeAndReturnRemaining(1));
    }

    private void requireConsumed(ConsumptionProbe probe) {
        if (!probe.isConsumed()) {
            refusals.increment();
            throw Refused.tooSoon(Refusal.RATE_LIMITED, Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    /** Gives a request back, because a poll that waited and ended without news costs nothing. */
    public void giveBack(UserId user) {
        if (most > 0) {
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
                        .addLimit(limit -> limit.capacity(most).refillGreedy(most, refill))
                        .build());
    }

    /** Rounded up, so that a client that waits this long is not refused again. */
    static String seconds(Duration wait) {
        return Long.toString(-Math.floorDiv(-wait.toNanos(), TimeUnit.SECONDS.toNanos(1)));
    }
}
