package seenby.platform;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens when a thread ends because Java has no memory left. */
public final class OutOfMemory {
    private static final Logger LOG = LoggerFactory.getLogger(OutOfMemory.class);
    private static final int EXIT_CODE = 3;

    private OutOfMemory() {}

    /**
     * Ends the process then. Nobody knows which threads have ended, so the rest may never answer again. Whatever starts
     * the process again finds all that was answered, as after a kill.
     */
    public static void endsTheProcess() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (failure instanceof OutOfMemoryError) {
                // no logger: it needs memory
                System.err.println("seenby: Java has no memory left. Give it more, with -Xmx.");
                Runtime.getRuntime().halt(EXIT_CODE);
            }
            LOG.error("Thread {} has failed", thread.getName(), failure);
        });
    }
}
