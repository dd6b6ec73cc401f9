package seenby.support;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.opentest4j.TestAbortedException;

/** Runs tasks at the same time, each in its own thread; all start at one moment. */
public final class Parallel {
    private Parallel() {}

    public static void run(Runnable... tasks) {
        call(tasks.length, i -> {
            tasks[i].run();
            return true;
        });
    }

    /** The results in the order of the threads; a failure of one thread fails the call. */
    public static <T> List<T> call(int threads, IntFunction<T> task) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CyclicBarrier start = new CyclicBarrier(threads);
        try {
            List<CompletableFuture<T>> results = IntStream.range(0, threads)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> {
                                await(start);
                                return task.apply(i);
                            },
                            pool))
                    .toList();
            return results.stream().map(Parallel::join).toList();
        } finally {
            pool.shutdownNow();
        }
    }

    /** Throws what the thread threw, because JUnit tells a skipped test from a failed one by it. */
    private static <T> T join(CompletableFuture<T> result) {
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TestAbortedException skipped) {
                throw skipped;
            }
            throw e;
        }
    }

    private static void await(CyclicBarrier start) {
        try {
            start.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
