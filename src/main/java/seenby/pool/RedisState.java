package seenby.pool;

import java.time.Duration;
import java.util.Optional;
import seenby.platform.Condition;
import seenby.refusal.Unavailable;

/** Whether Redis answers and takes writes. The log tells when that changes. */
public final class RedisState {
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** A Redis that is full takes a write now and then, when the buffers of its clients shrink. */
    private static final Duration QUIET_WRITES = Duration.ofSeconds(5);

    private final Condition answers = new Condition("Requests are refused with 503", "Redis answers again", QUIET);
    private final Condition writes =
            new Condition("Changes are refused with 503", "Redis takes writes again", QUIET_WRITES);
    private volatile Unavailable.Outage refusal = Unavailable.Outage.FULL;
    private volatile boolean reports;

    /** Until then, a failure ends the start, which says why. */
    public void beginReports() {
        reports = true;
    }

    public void fail(Unavailable failure) {
        if (reports) {
            Condition condition = failure.outage() == Unavailable.Outage.AWAY ? answers : writes;
            condition.fail(String.valueOf(failure.getMessage()));
            if (condition == writes) {
                refusal = failure.outage();
            }
        }
    }

    public void answer() {
        answers.hold();
    }

    public void takeWrites() {
        writes.hold();
    }

    /** Why writes were refused a moment ago; empty if they were not. */
    public Optional<Unavailable> refusal() {
        return writes.reason().map(reason -> new Unavailable(refusal, reason));
    }
}
