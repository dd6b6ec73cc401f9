package seenby.admission;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import seenby.platform.Counters;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.UserId;

/** Limits how many polls, streams and waits each user has open at once. */
public final class PollLimit {
    /** One that ends makes room, and nobody knows when that is. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final int most;
    private final Map<UserId, Integer> open = new ConcurrentHashMap<>();
    private final Counters<Kind> kinds = Counters.of(Kind.class);
    private final LongAdder refusals = new LongAdder();

    /** What a request waits for. */
    public enum Kind {
        POLL,
        STREAM,
        /** Receipts, with {@code wait}. */
        RECEIPTS
    }

    public PollLimit(int most) {
        this.most = most;
    }

    /** Begins a request that is answered later, and counts it until then. Refuses one too many. */
    public <T> CompletableFuture<T> hold(Kind kind, UserId user, Supplier<CompletableFuture<T>> request) {
        enter(user);
        kinds.add(kind);
        try {
            return request.get().whenComplete((answer, failure) -> end(kind, user));
        } catch (RuntimeException refused) {
            end(kind, user);
            throw refused;
        }
    }

    private void end(Kind kind, UserId user) {
        kinds.add(kind, -1);
        exit(user);
    }

    /** How many of this kind are open, of all users. */
    public long open(Kind kind) {
        return kinds.of(kind);
    }

    /** How many requests were refused. */
    public long refusals() {
        return refusals.sum();
    }

    private void enter(UserId user) {
        if (open.merge(user, 1, Integer::sum) > most) {
            exit(user);
            refusals.increment();
            throw Refused.tooSoon(Refusal.POLLS_OPEN, RETRY_AFTER);
        }
    }

    private void exit(UserId user) {
        open.computeIfPresent(user, (same, count) -> count == 1 ? null : count - 1);
    }
}
