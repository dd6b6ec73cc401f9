package seenby.admission;

import com.github.benmanes.caffeine.cache.Cache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import seenby.platform.Caches;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.request.Problem;
import seenby.user.UserId;

/**
 * Limits how often each user, or whoever else, may do something: at once, and then as time passes.
 *
 * @param <K> tells those apart who have a limit each
 */
public final class RateLimit<K> {
    private static final Duration KEPT_AT_LEAST = Duration.ofMinutes(1);
    private static final long MOST_KEYS = 100_000;

    private final Refusal refusal;
    private final int most;
    private final Duration refill;
    private final TimeMeter clock;
    private final LongAdder refusals = new LongAdder();
    private final Cache<K, Bucket> buckets;

    /**
     * @param refusal what one too many is refused with
     * @param refill the time in which a bucket that is empty is full again. Then it need not be kept
     */
    RateLimit(Refusal refusal, int most, Duration refill, TimeMeter clock) {
        this.refusal = refusal;
        this.most = most;
        this.refill = refill;
        this.clock = clock;
        this.buckets = Caches.builder()
                .maximumSize(MOST_KEYS)
                .expireAfterAccess(refill.compareTo(KEPT_AT_LEAST) > 0 ? refill : KEPT_AT_LEAST)
                .build();
    }

    /**
     * How many requests a user may make.
     *
     * @param perSecond also the size of a burst; 0 = no limit
     */
    public static RateLimit<UserId> ofRequests(int perSecond) {
        return ofRequests(perSecond, TimeMeter.SYSTEM_NANOTIME);
    }

    static RateLimit<UserId> ofRequests(int perSecond, TimeMeter clock) {
        return new RateLimit<>(Refusal.RATE_LIMITED, perSecond, Duration.ofSeconds(1), clock);
    }

    /**
     * How often a user may turn its read receipts off and on: 60 times, and then once in ten seconds. Each time ends or
     * begins a receipt period in all of its groups, which is kept as long as a message of it has receipts.
     */
    public static RateLimit<UserId> ofChoices() {
        return ofChoices(TimeMeter.SYSTEM_NANOTIME);
    }

    static RateLimit<UserId> ofChoices(TimeMeter clock) {
        return new RateLimit<>(Refusal.RATE_LIMITED, 60, Duration.ofMinutes(10), clock);
    }

    /**
     * Counts a request, or refuses it if there were too many. Every answer tells how many are left.
     *
     * @param header sets a header of the answer, by name and value
     */
    public void take(K key, BiConsumer<String, String> header) {
        if (most == 0) {
            return;
        }
        ConsumptionProbe probe = bucket(key).tryConsumeAndReturnRemaining(1);
        header.accept("X-RateLimit-Limit", Integer.toString(most));
        header.accept("X-RateLimit-Remaining", Long.toString(probe.getRemainingTokens()));
        header.accept("X-RateLimit-Reset", Problem.seconds(Duration.ofNanos(probe.getNanosToWaitForReset())));
        requireConsumed(probe);
    }

    /** Counts it, or refuses it, without a word in the headers. */
    public void take(K key) {
        requireConsumed(bucket(key).tryConsumeAndReturnRemaining(1));
    }

    private void requireConsumed(ConsumptionProbe probe) {
        if (!probe.isConsumed()) {
            refusals.increment();
            throw Refused.tooSoon(refusal, Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    /** Gives a request back, because a poll that waited and ended without news costs nothing. */
    public void giveBack(K key) {
        if (most > 0) {
            bucket(key).addTokens(1);
        }
    }

    /** How many requests were refused. */
    public long refusals() {
        return refusals.sum();
    }

    private Bucket bucket(K key) {
        return buckets.get(
                key,
                id -> Bucket.builder()
                        .withCustomTimePrecision(clock)
                        .addLimit(limit -> limit.capacity(most).refillGreedy(most, refill))
                        .build());
    }
}
