package seenby.update;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs a step after each signal, never two at the same time, so the state of a step needs no lock. Several signals may
 * make one step.
 */
final class Steps {
    private final Runnable step;
    private final AtomicInteger pending = new AtomicInteger(1);

    /** No step runs before {@link #begin}. */
    Steps(Runnable step) {
        this.step = step;
    }

    /** Runs the first step on this thread, and all that were requested before or during it. */
    void begin() {
        int taken = pending.get();
        do {
            step.run();
            taken = pending.addAndGet(-taken);
        } while (taken != 0);
    }

    /**
     * Goes on without a first step.
     *
     * @param executor runs the steps that were requested meanwhile
     */
    void skip(Executor executor) {
        if (pending.decrementAndGet() != 0) {
            executor.execute(this::begin);
        }
    }

    /** @param executor runs the step */
    void signal(Executor executor) {
        if (pending.getAndIncrement() == 0) {
            executor.execute(this::begin);
        }
    }
}
