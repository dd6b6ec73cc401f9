package seenby.platform;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads that have a name and do not keep the process alive. */
public final class DaemonThreads {
    private DaemonThreads() {}

    /** A thread that is not started yet. */
    public static Thread create(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** For an executor of one thread. */
    public static ThreadFactory named(String name) {
        return task -> create(name, task);
    }

    /** For an executor of several threads: the prefix is followed by 1, 2, 3 and so on. */
    public static ThreadFactory numbered(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> create(prefix + number.incrementAndGet(), task);
    }
}
