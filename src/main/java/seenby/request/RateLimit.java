package seenby.request;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.UserId;

/** So many requests a second for each user, and as many at once; every answer says how many are left. */
public final class RateLimit {
    // a bucket is full again a second after its last use: one that is forgotten then, nobody misses
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final long MOST_USERS = 100_000;

    private final int requestsPerSecond;
    private final TimeMeter clock;
    private final Cache<UserId, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST_USERS)
            .expireAfterAccess(KEPT)
            .build();

    /** Limits to so many requests a second; 0 = not at all. */
    public RateLimit(int requestsPerSecond) {
        this(requestsPerSecond, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimit(int requestsPerSecond, TimeMeter clock) {
        this.requestsPerSecond = requestsPerSecond;
        this.clock = clock;
    }

    /** Counts a request of the user, and refuses it when there were too many. */
    public void take(Context ctx, UserId user) {
        if (requestsPerSecond == 0) {
            return;
        }
        ConsumptionProbe probe = bucket(user).tryConsumeAndReturnRemaining(1);
        ctx.header("X-RateLimit-Limit", Integer.toString(requestsPerSecond));
        ctx.header("X-RateLimit-Remaining", Long.toString(probe.getRemainingTokens()));
        ctx.header("X-RateLimit-Reset", seconds(Duration.ofNanos(probe.getNanosToWaitForReset())));
        if (!probe.isConsumed()) {
            throw Refused.tooSoon(Refusal.RATE_LIMITED, Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    /** Takes a request back out of the count: a poll that ended without news costs nothing. */
    public void giveBack(UserId user) {
        if (requestsPerSecond > 0) {
            bucket(user).addTokens(1);
        }
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

    /** Rounded up: who waits so long is not refused again. */
    static String seconds(Duration wait) {
        return Long.toString(-Math.floorDiv(-wait.toNanos(), TimeUnit.SECONDS.toNanos(1)));
    }
}
