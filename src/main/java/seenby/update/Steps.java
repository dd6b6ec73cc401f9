package seenby.update;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs a step after each signal, never two at once, so that what a step knows needs no lock; many signals may make one step. */
final class Steps {
    private final Executor executor;
    private final Runnable step;
    private final AtomicInteger pending = new AtomicInteger(1);

    /** Nothing runs before {@link #begin}. */
    Steps(Executor executor, Runnable step) {
        this.executor = executor;
        this.step = step;
    }

    /** Runs the first step on this thread, and those that were asked for before or meanwhile. */
    void begin() {
        int taken = pending.get();
        do {
            step.run();
            taken = pending.addAndGet(-taken);
        } while (taken != 0);
    }

    void signal() {
        if (pending.getAndIncrement() == 0) {
            executor.execute(this::begin);
        }
    }
}
