package seenby.platform;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that should hold, and may fail for a while. The log tells when it begins to fail, once a minute while that
 * lasts, and when it is over, however often it fails meanwhile.
 */
public final class Condition {
    private static final Logger LOG = LoggerFactory.getLogger(Condition.class);
    private static final long REPEATED_NANOS = Duration.ofMinutes(1).toNanos();

    private final String failure;
    private final String recovery;
    private final long quietNanos;
    private final LongSupplier nanos;
    private final Consumer<String> warn;
    private final Consumer<String> info;

    private volatile Optional<String> reason = Optional.empty();
    private long begin;
    private long last;
    private long lastLine;
    private long failures;

    /**
     * @param failure what the log says when it fails, without the reason and a full stop
     * @param recovery what the log says when it holds again, without a full stop
     * @param quiet it holds again when it has not failed for so long
     */
    public Condition(String failure, String recovery, Duration quiet) {
        this(failure, recovery, quiet, System::nanoTime, LOG::warn, LOG::info);
    }

    Condition(
            String failure,
            String recovery,
            Duration quiet,
            LongSupplier nanos,
            Consumer<String> warn,
            Consumer<String> info) {
        this.failure = failure;
        this.recovery = recovery;
        this.quietNanos = quiet.toNanos();
        this.nanos = nanos;
        this.warn = warn;
        this.info = info;
    }

    /** It has failed. */
    public synchronized void fail(String why) {
        long now = nanos.getAsLong();
        if (reason.isEmpty()) {
            begin = now;
            failures = 0;
        }
        last = now;
        failures++;
        reason = Optional.of(why);
        if (failures == 1) {
            lastLine = now;
            warn.accept(failure + ": " + why);
        } else if (now - lastLine >= REPEATED_NANOS) {
            lastLine = now;
            warn.accept("%s, for %d s, %d times: %s".formatted(failure, seconds(now), failures, why));
        }
    }

    /** It has held just now. Costs nothing while it does not fail. */
    public void hold() {
        if (reason.isPresent()) {
            recover();
        }
    }

    private synchronized void recover() {
        long now = nanos.getAsLong();
        if (reason.isPresent() && now - last >= quietNanos) {
            reason = Optional.empty();
            info.accept("%s, after %d s and %d failures.".formatted(recovery, seconds(now), failures));
        }
    }

    private long seconds(long now) {
        return Duration.ofNanos(now - begin).toSeconds();
    }

    /** Why it fails; empty if it holds. */
    public Optional<String> reason() {
        return reason;
    }
}
