package seenby.admission;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A time for token buckets that passes only when a test says so. */
final class ManualMeter implements TimeMeter {
    private final AtomicLong now = new AtomicLong(1);

    void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Override
    public long currentTimeNanos() {
        return now.get();
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }
}
