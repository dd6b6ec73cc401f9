package seenby.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs a task many times on a few threads, and fails as soon as it knows that one run has failed. */
public final class Workers {
    private static final int THREADS = 16;

    private Workers() {}

    /** A task that is told the number of its run. */
    public interface Task {
        void run(int number) throws InterruptedException;
    }

    /** Runs the task for the numbers from 0, roughly in order. */
    public static void each(int count, Task task) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            AtomicInteger next = new AtomicInteger();
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                ends.add(threads.submit(() -> drain(next, count, task)));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static int drain(AtomicInteger next, int count, Task task) throws InterruptedException {
        int number = next.getAndIncrement();
        while (number < count) {
            task.run(number);
            number = next.getAndIncrement();
        }
        return number;
    }
}
