package seenby.bench;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Lets one thread wait for what others bring about, or the server by itself; their failures end the wait. */
final class Progress {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Not all that is awaited is told of. */
    private static final long LOOK_MILLIS = 20;

    private Optional<RuntimeException> failure = Optional.empty();

    synchronized void made() {
        notifyAll();
    }

    synchronized void failed(RuntimeException e) {
        failure = Optional.of(e);
        notifyAll();
    }

    synchronized void await(String claim, BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!holds.getAsBoolean()) {
            if (failure.isPresent()) {
                throw failure.get();
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (millis <= 0) {
                throw new IllegalStateException("waited in vain until " + claim);
            }
            wait(Math.min(millis, LOOK_MILLIS));
        }
    }
}
