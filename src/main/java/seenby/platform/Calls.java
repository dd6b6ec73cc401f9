package seenby.platform;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import seenby.refusal.Unavailable;

/** The calls to another process: how many, how long they took, how many failed, and whether the last one did. */
public final class Calls {
    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile boolean up = true;

    /** Makes a call. It fails if it throws {@code Unavailable}; any other exception is an answer. */
    public <T> T measure(Supplier<T> call) {
        long begin = System.nanoTime();
        boolean answered = true;
        try {
            return call.get();
        } catch (Unavailable e) {
            failures.increment();
            answered = false;
            throw e;
        } finally {
            count.increment();
            nanos.add(System.nanoTime() - begin);
            tell(answered);
        }
    }

    /** Threads share this field, so it is written only when it changes. */
    private void tell(boolean answered) {
        if (up != answered) {
            up = answered;
        }
    }

    /** All calls that have ended. */
    public long count() {
        return count.sum();
    }

    /** How long they took in all. */
    public long nanos() {
        return nanos.sum();
    }

    public long failures() {
        return failures.sum();
    }

    /** Whether the last call was answered; true before the first. */
    public boolean areUp() {
        return up;
    }
}
