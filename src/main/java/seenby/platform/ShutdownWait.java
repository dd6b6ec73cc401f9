package seenby.platform;

/** A wait while something closes. An interrupt ends the wait, not the closing, so it is kept for whoever looks next. */
public final class ShutdownWait {
    private ShutdownWait() {}

    /** Waits for a bounded time. */
    @FunctionalInterface
    public interface Wait {
        void await() throws InterruptedException;
    }

    public static void until(Wait wait) {
        try {
            wait.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
