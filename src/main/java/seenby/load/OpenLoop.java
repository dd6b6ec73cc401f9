package seenby.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import seenby.platform.DaemonThreads;

/**
 * Makes requests at steady intervals, whether or not earlier ones were answered. The latency of a request counts from
 * its planned start, so that the wait for a busy connection counts too.
 */
public final class OpenLoop implements AutoCloseable {
    /** Makes a request on one of the connections. */
    public interface Action {
        void run(int connection) throws InterruptedException;
    }

    private record Completion(long due, long took) {}

    private final Queue<Completion> completions = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Optional<RuntimeException>> failure = new AtomicReference<>(Optional.empty());
    private final List<Thread> threads = new ArrayList<>();
    private final long begin = System.nanoTime();

    public OpenLoop(int aSecond, int connections, Action action) {
        long interval = TimeUnit.SECONDS.toNanos(1) / aSecond;
        for (int i = 0; i < connections; i++) {
            int connection = i;
            Thread thread =
                    DaemonThreads.create("open-loop-" + i, () -> run(connection, interval, connections, action));
            threads.add(thread);
            thread.start();
        }
    }

    private void run(int connection, long interval, int connections, Action action) {
        try {
            for (long number = connection; !Thread.currentThread().isInterrupted(); number += connections) {
                long due = begin + number * interval;
                await(due);
                action.run(connection);
                completions.add(new Completion(due, System.nanoTime() - due));
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure.set(Optional.of(e));
        }
    }

    private static void await(long due) throws InterruptedException {
        while (due > System.nanoTime()) {
            LockSupport.parkNanos(due - System.nanoTime());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** The latencies of requests whose planned start was between two values of {@code System.nanoTime()}. */
    public Latencies between(long from, long upto) {
        failure.get().ifPresent(e -> {
            throw e;
        });
        return Latencies.of(completions.stream()
                .filter(completion -> completion.due() >= from && completion.due() < upto)
                .mapToLong(Completion::took)
                .toArray());
    }

    /** Abandons the requests that are not answered yet. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
