package seenby.load;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Lets a thread wait for a state that other threads or the server reach. A failure of another thread ends the wait. */
public final class Progress {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Nobody reports what the server does by itself, so the waiting thread looks again. */
    private static final long LOOK_MILLIS = 20;

    private Optional<RuntimeException> failure = Optional.empty();

    public synchronized void made() {
        notifyAll();
    }

    public synchronized void failed(RuntimeException e) {
        failure = Optional.of(e);
        notifyAll();
    }

    public synchronized void await(String claim, BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!holds.getAsBoolean()) {
            if (failure.isPresent()) {
                throw failure.get();
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (millis <= 0) {
                throw new IllegalStateException("not in time: " + claim);
            }
            wait(Math.min(millis, LOOK_MILLIS));
        }
    }
}
