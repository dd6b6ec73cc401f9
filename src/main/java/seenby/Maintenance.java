package seenby;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import seenby.platform.BackgroundWork;
import seenby.platform.DaemonThreads;

/** Small tasks that run beside the requests, one after the other. A task that fails is logged, and the others go on. */
final class Maintenance implements AutoCloseable {
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("maintenance"));

    void everySecond(String name, Runnable task) {
        var unused = thread.scheduleWithFixedDelay(() -> BackgroundWork.run(name, task), 1, 1, TimeUnit.SECONDS);
    }

    /** The first time at once. */
    void everyTenSeconds(String name, Runnable task) {
        var unused = thread.scheduleWithFixedDelay(() -> BackgroundWork.run(name, task), 0, 10, TimeUnit.SECONDS);
    }

    void everyMinute(String name, Runnable task) {
        var unused = thread.scheduleWithFixedDelay(() -> BackgroundWork.run(name, task), 1, 1, TimeUnit.MINUTES);
    }

    void soon(String name, Runnable task) {
        thread.execute(() -> BackgroundWork.run(name, task));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
