package seenby.update;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import seenby.group.Groups;
import seenby.message.Messages;

/** The long polls of this instance. */
public final class Polls implements AutoCloseable {
    /** Steps spend their time waiting for Redis; a few at once keep it busy. */
    private static final int THREADS = 8;

    private final PollContext context;
    private final ExecutorService executor;
    private final ScheduledThreadPoolExecutor timers;

    /**
     * @param secret what positions are signed with; the same on all instances
     * @param coalesce how long reads alone may be held back, so that many make one answer
     */
    public Polls(
            Groups groups,
            Messages messages,
            Look look,
            Waiters waiters,
            String secret,
            Duration coalesce,
            Clock clock) {
        executor = Executors.newFixedThreadPool(THREADS, daemons("poll-"));
        timers = new ScheduledThreadPoolExecutor(1, daemons("poll-timer-"));
        timers.setRemoveOnCancelPolicy(true);
        context = new PollContext(
                groups,
                new SharedLook(messages),
                look,
                waiters,
                new SinceCodec(secret, look),
                coalesce,
                clock,
                executor,
                timers);
    }

    /** Opens a poll; its first look is made here. Refuses a {@code since} that is not one of the user's. */
    public CompletableFuture<Update> open(Ask ask) {
        Since since = ask.since()
                .map(text -> context.codec().decode(ask.user(), text))
                .orElse(Since.NONE);
        return new OpenPoll(context, ask, since).open();
    }

    @Override
    public void close() {
        timers.shutdownNow();
        executor.shutdown();
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
