package seenby.archive;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import seenby.group.GroupId;
import seenby.platform.BackgroundWork;
import seenby.platform.DaemonThreads;
import seenby.platform.ShutdownWait;
import seenby.refusal.Refused;

/**
 * Sweeps groups whose timers have expired, and those that a scan finds to have something due, whatever has become of
 * their timers. One thread does all of it, a portion of one group after a portion of another.
 */
public final class Sweeper implements AutoCloseable {
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

    /** How much longer than a portion took it rests after it, so that those who send meanwhile notice little. */
    private static final int REST = 3;

    private static final Duration LONGEST_REST = Duration.ofMillis(500);

    /** A portion under way is ended before the server ends. */
    private static final long END_WITHIN_SECONDS = 10;

    private final Sweep sweep;
    private final SweepTimers timers;
    private final Archive archive;
    private final Clock clock;
    private final Duration interval;
    private final ScheduledThreadPoolExecutor thread;
    private final Set<GroupId> queued = ConcurrentHashMap.newKeySet();
    private final Set<GroupId> awaited = ConcurrentHashMap.newKeySet();
    private final WriteBackoff trouble = new WriteBackoff();

    // of the one thread
    private int scans;
    private boolean scanning;
    private boolean scanned;

    /** @param retention the shortest there is, of receipts or messages */
    public Sweeper(Sweep sweep, SweepTimers timers, Archive archive, Duration retention, Clock clock) {
        this.sweep = sweep;
        this.timers = timers;
        this.archive = archive;
        this.clock = clock;
        this.interval = interval(retention);
        thread = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("sweep"));
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Four times a retention, so that each timer is seen before it expires; at least once a minute. */
    private static Duration interval(Duration retention) {
        Duration quarter = retention.dividedBy(4);
        if (quarter.compareTo(SHORTEST_INTERVAL) < 0) {
            return SHORTEST_INTERVAL;
        }
        return quarter.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : quarter;
    }

    /** Scans now, and from then on at intervals. */
    public void start() {
        long millis = interval.toMillis();
        var unused = thread.scheduleWithFixedDelay(this::scan, 0, millis, TimeUnit.MILLISECONDS);
    }

    /** Scans soon: timers may have expired while nobody heard of it. */
    public void scanSoon() {
        thread.execute(this::scanAnew);
    }

    /** A group's timer has expired. */
    public void expired(GroupId group) {
        if (!trouble.isOf(group.value())) {
            enqueue(group);
        }
    }

    /** Whether receipts that are due can't be archived now. */
    public boolean isFailing() {
        return trouble.isThere();
    }

    private void scan() {
        if (!scanning) {
            scanAnew();
        }
    }

    private void scanAnew() {
        probe();
        scans++;
        scan(scans, Optional.empty());
    }

    /** A portion of a scan, so that sweeps and timers whose time has come do not wait for the whole; or none of an old one. */
    private void scan(int number, Optional<String> from) {
        if (number != scans) {
            return;
        }
        scanning = false;
        BackgroundWork.run("scan", () -> {
            SweepTimers.Portion portion = timers.scan(from, scanned);
            portion.groups().forEach(next -> {
                if (next.untrimmed()) {
                    expired(next.group());
                }
                plan(next);
            });
            scanning = portion.next().isPresent();
            scanned |= portion.next().isEmpty();
            portion.next().ifPresent(next -> thread.execute(() -> scan(number, Optional.of(next))));
        });
    }

    private void probe() {
        if (archive.isWritable()) {
            trouble.over(WriteBackoff.EVERYWHERE);
        } else {
            trouble.met(WriteBackoff.EVERYWHERE, new AccessDeniedException("archive.dir"));
        }
    }

    /** Timers that expire before the next scan are looked at when their time has come, which makes Redis expire them. */
    private void plan(SweepTimers.Next next) {
        Instant now = clock.instant();
        next.due().ifPresent(due -> {
            if (!due.isAfter(now)) {
                expired(next.group());
            } else if (due.isBefore(now.plus(interval.multipliedBy(2))) && awaited.add(next.group())) {
                await(next.group(), Duration.between(now, due));
            }
        });
    }

    private void await(GroupId group, Duration left) {
        // a millisecond more, so that it is over by then
        var unused = thread.schedule(() -> look(group), left.toMillis() + 1, TimeUnit.MILLISECONDS);
    }

    private void look(GroupId group) {
        BackgroundWork.run("timer", () -> {
            awaited.remove(group);
            Optional<Duration> left = timers.look(group);
            if (left.isPresent() && left.get().compareTo(interval) < 0 && awaited.add(group)) {
                await(group, left.get());
            }
        });
    }

    private void enqueue(GroupId group) {
        if (queued.add(group)) {
            thread.execute(() -> portion(group));
        }
    }

    private void portion(GroupId group) {
        queued.remove(group);
        BackgroundWork.run("sweep of " + group, () -> {
            try {
                long begin = System.nanoTime();
                Optional<SweepTimers.Next> next = sweep.portion(group);
                trouble.over(group.value());
                next.ifPresentOrElse(this::plan, () -> {
                    rest(System.nanoTime() - begin);
                    enqueue(group);
                });
            } catch (IOException e) {
                tryAgain(group, e);
            } catch (Refused gone) {
                trouble.over(group.value());
            } catch (RuntimeException failed) {
                // a group in trouble waits for nothing but this: events and scans pass it by
                if (trouble.isOf(group.value())) {
                    tryAgain(group, failed);
                }
                throw failed;
            }
        });
    }

    private void tryAgain(GroupId group, Exception e) {
        Duration pause = trouble.met(group.value(), e);
        var unused = thread.schedule(() -> enqueue(group), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void rest(long worked) {
        LockSupport.parkNanos(Math.min(REST * worked, LONGEST_REST.toNanos()));
    }

    @Override
    public void close() {
        thread.shutdown();
        ShutdownWait.until(() -> {
            var unused = thread.awaitTermination(END_WITHIN_SECONDS, TimeUnit.SECONDS);
        });
    }
}
