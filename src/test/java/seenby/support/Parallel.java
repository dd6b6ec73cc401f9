package seenby.support;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Does things at the same time, each on a thread of its own, all let go at once. */
public final class Parallel {
    private Parallel() {}

    public static void run(Runnable... tasks) {
        call(tasks.length, i -> {
            tasks[i].run();
            return true;
        });
    }

    /** What the threads brought, by their numbers; the first failure of any of them fails all. */
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
            return results.stream().map(CompletableFuture::join).toList();
        } finally {
            pool.shutdownNow();
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
