package seenby.request;

import com.github.benmanes.caffeine.cache.Cache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import seenby.platform.Caches;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.UserId;

/**
 * Limits how often a user turns its read receipts off and on. Each time ends or begins a receipt period in all of its
 * groups, which is kept as long as a message that was sent in it has receipts.
 */
public final class ChoiceLimit {
    private static final int BURST = 60;
    private static final Duration EACH = Duration.ofSeconds(10);
    private static final long MOST_USERS = 100_000;

    private final TimeMeter clock;
    private final Cache<UserId, Bucket> buckets = Caches.builder()
            .maximumSize(MOST_USERS)
            .expireAfterAccess(EACH.multipliedBy(BURST))
            .build();

    public ChoiceLimit() {
        this(TimeMeter.SYSTEM_NANOTIME);
    }

    ChoiceLimit(TimeMeter clock) {
        this.clock = clock;
    }

    /** Counts a choice of the user, or refuses it if there were too many. */
    public void take(UserId user) {
        ConsumptionProbe probe = buckets.get(user, id -> bucket()).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw Refused.tooSoon(Refusal.RATE_LIMITED, Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private Bucket bucket() {
        return Bucket.builder()
                .withCustomTimePrecision(clock)
                .addLimit(limit -> limit.capacity(BURST).refillGreedy(1, EACH))
                .build();
    }
}
