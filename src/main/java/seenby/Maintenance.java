package seenby;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.refusal.Unavailable;

/** What is done beside the requests, one thing after the other; a failure of one is logged, and ends nothing. */
final class Maintenance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "upkeep");
        thread.setDaemon(true);
        return thread;
    });

    void everySecond(Runnable work) {
        var unused = timer.scheduleWithFixedDelay(quietly(work), 1, 1, TimeUnit.SECONDS);
    }

    void soon(Runnable work) {
        timer.execute(quietly(work));
    }

    /** A failure that got out would end the timer without a word. */
    private static Runnable quietly(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (Unavailable away) {
                LOG.debug("upkeep is done later", away);
            } catch (RuntimeException failed) {
                LOG.error("upkeep failed", failed);
            }
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
