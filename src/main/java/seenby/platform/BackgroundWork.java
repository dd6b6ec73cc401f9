package seenby.platform;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.refusal.Unavailable;

/** Work that no request waits for. A failure is logged here, because one that got out would silently end its timer. */
public final class BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundWork.class);

    private BackgroundWork() {}

    /**
     * Does the work now, on this thread.
     *
     * @param name what the log calls it, such as "scan"
     */
    public static void run(String name, Runnable work) {
        try {
            work.run();
        } catch (Unavailable e) {
            LOG.debug("Storage is unavailable; the {} is done later.", name, e);
        } catch (RuntimeException e) {
            LOG.error("The {} failed.", name, e);
        }
    }
}
