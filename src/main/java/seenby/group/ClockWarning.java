package seenby.group;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns that this server's clock is behind times in Redis: once, not for each group in which a script finds it. */
public final class ClockWarning {
    private static final Logger LOG = LoggerFactory.getLogger(ClockWarning.class);
    private static final long PAUSE_NANOS = Duration.ofHours(1).toNanos();

    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

    /**
     * Warns at most once an hour, and says whether it did.
     *
     * @param behindMillis how far time went back in a group; 0 if it did not
     */
    public boolean timeWentBack(GroupId group, long behindMillis) {
        long now = System.nanoTime();
        long until = quietUntil.get();
        if (behindMillis > 0 && now - until >= 0 && quietUntil.compareAndSet(until, now + PAUSE_NANOS)) {
            LOG.warn(
                    "The clock of this server is {} s behind the times in group {}, and perhaps in others. New times"
                            + " follow the clock. Older messages with a later time count as sent now when receipts and"
                            + " messages are archived. If the clock is wrong, set it right.",
                    behindMillis / 1000,
                    group);
            return true;
        }
        return false;
    }
}
