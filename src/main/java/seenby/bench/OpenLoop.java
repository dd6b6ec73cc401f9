package seenby.bench;

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
 * Makes a request at steady intervals, whether or not the ones before were answered. What a request takes counts from when it
 * was to be made, so that one which waits for its connection is not taken for a fast one.
 */
final class OpenLoop implements AutoCloseable {
    /** A request on one of the connections. */
    interface Request {
        void make(int connection) throws InterruptedException;
    }

    private record Made(long due, long took) {}

    private final Queue<Made> all = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Optional<RuntimeException>> failure = new AtomicReference<>(Optional.empty());
    private final List<Thread> threads = new ArrayList<>();
    private final long begin = System.nanoTime();

    OpenLoop(int aSecond, int connections, Request request) {
        long interval = TimeUnit.SECONDS.toNanos(1) / aSecond;
        for (int i = 0; i < connections; i++) {
            int connection = i;
            Thread thread =
                    DaemonThreads.create("open-loop-" + i, () -> run(connection, interval, connections, request));
            threads.add(thread);
            thread.start();
        }
    }

    private void run(int connection, long interval, int connections, Request request) {
        try {
            for (long number = connection; !Thread.currentThread().isInterrupted(); number += connections) {
                long due = begin + number * interval;
                await(due);
                request.make(connection);
                all.add(new Made(due, System.nanoTime() - due));
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

    /** Of the requests that were to be made between two moments of {@code System.nanoTime()}. */
    Latencies between(long from, long upto) {
        failure.get().ifPresent(e -> {
            throw e;
        });
        return Latencies.of(all.stream()
                .filter(made -> made.due() >= from && made.due() < upto)
                .mapToLong(Made::took)
                .toArray());
    }

    /** A request under way is given up. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
