package seenby.request;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.UserId;

/** Limits how many polls, streams and waits each user has open at once. */
public final class PollLimit {
    /** One that ends makes room, and nobody knows when that is. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final int most;
    private final Map<UserId, Integer> open = new ConcurrentHashMap<>();

    public PollLimit(int most) {
        this.most = most;
    }

    /** Begins a request that is answered later, and counts it until then. Refuses one too many. */
    public <T> CompletableFuture<T> hold(UserId user, Supplier<CompletableFuture<T>> request) {
        enter(user);
        try {
            return request.get().whenComplete((answer, failure) -> exit(user));
        } catch (RuntimeException refused) {
            exit(user);
            throw refused;
        }
    }

    private void enter(UserId user) {
        if (open.merge(user, 1, Integer::sum) > most) {
            exit(user);
            throw Refused.tooSoon(Refusal.POLLS_OPEN, RETRY_AFTER);
        }
    }

    private void exit(UserId user) {
        open.computeIfPresent(user, (same, count) -> count == 1 ? null : count - 1);
    }
}
