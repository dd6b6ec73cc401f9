package seenby.hub;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import seenby.platform.DaemonThreads;

/**
 * The threads that run the steps of waiters. One wake may concern thousands of waiters: their steps are few tasks, not
 * one task each, and they take turns with the steps of other wakes, so that a large group holds nobody up.
 */
public final class WorkerPool implements Executor, AutoCloseable {
    /** Steps mostly wait for Redis, so a few threads keep it busy. */
    private static final int THREADS = 8;

    /** How many steps of one wake run in a row. */
    private static final int TURN = 16;

    /** How many threads the steps of one wake may take. */
    private static final int MOST_AT_ONCE = THREADS / 2;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, DaemonThreads.numbered("poll-"));

    @Override
    public void execute(Runnable step) {
        threads.execute(step);
    }

    /** Runs steps of one cause, in turns. */
    void execute(List<Runnable> steps) {
        Turns turns = new Turns(List.copyOf(steps));
        for (int from = 0; from < steps.size() && from < MOST_AT_ONCE * TURN; from += TURN) {
            threads.execute(turns);
        }
    }

    /** Each run takes the next steps, and goes to the end of the queue while there are more. */
    private final class Turns implements Runnable {
        private final List<Runnable> steps;
        private final AtomicInteger next = new AtomicInteger();

        Turns(List<Runnable> steps) {
            this.steps = steps;
        }

        @Override
        public void run() {
            int from = next.getAndAdd(TURN);
            int to = Math.min(from + TURN, steps.size());
            try {
                for (int at = from; at < to; at++) {
                    steps.get(at).run();
                }
            } finally {
                if (next.get() < steps.size()) {
                    threads.execute(this);
                }
            }
        }
    }

    /** Steps that have begun go on. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
