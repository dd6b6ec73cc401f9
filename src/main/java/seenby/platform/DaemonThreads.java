package seenby.platform;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads that have a name and do not keep the process alive. */
public final class DaemonThreads {
    private static final long IDLE_SECONDS = 10;

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

    /**
     * An executor that needs no end: its threads end when they are idle.
     *
     * @param waiting the tasks that wait for a thread; one more than it takes is rejected
     */
    public static Executor pool(int threads, BlockingQueue<Runnable> waiting, String prefix) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, waiting, numbered(prefix));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** For an executor of several threads: the prefix is followed by 1, 2, 3 and so on. */
    public static ThreadFactory numbered(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> create(prefix + number.incrementAndGet(), task);
    }
}
