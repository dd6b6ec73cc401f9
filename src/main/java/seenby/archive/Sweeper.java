package seenby.archive;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import seenby.group.GroupId;
import seenby.platform.BackgroundWork;
import seenby.platform.DaemonThreads;
import seenby.platform.ShutdownWait;
import seenby.refusal.Refused;

/**
 * Sweeps groups whose timers have expired. A scan also finds groups that have something due although their timer was
 * lost. One thread does all of it, one portion of one group at a time.
 */
public final class Sweeper implements AutoCloseable {
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);
    private static final Duration MAX_INTERVAL = Duration.ofMinutes(1);

    /** It rests this many times as long as the last portion took, to leave Redis to those who send. */
    private static final int REST_FACTOR = 3;

    private static final Duration MAX_REST = Duration.ofMillis(500);

    /** How long a server that stops waits for the current portion. */
    private static final long CLOSE_SECONDS = 2;

    private final Sweep sweep;
    private final SweepStore store;
    private final Archive archive;
    private final Clock clock;
    private final Duration interval;
    private final ScheduledThreadPoolExecutor thread;
    private final Set<GroupId> queued = ConcurrentHashMap.newKeySet();

    /** Groups with something due, since when. */
    private final Map<GroupId, Instant> due = new ConcurrentHashMap<>();

    private final LongAdder failures = new LongAdder();
    private final Set<GroupId> scheduled = ConcurrentHashMap.newKeySet();
    private final WriteBackoff backoff = new WriteBackoff();

    // used by that thread only
    private int scans;
    private boolean scanRuns;
    private boolean hasScanned;

    /** @param retention the shorter one of receipts and messages */
    public Sweeper(Sweep sweep, SweepStore store, Archive archive, Duration retention, Clock clock) {
        this.sweep = sweep;
        this.store = store;
        this.archive = archive;
        this.clock = clock;
        this.interval = interval(retention);
        thread = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("sweep"));
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** A quarter of the retention, so that a scan sees each timer before it expires; at most a minute. */
    private static Duration interval(Duration retention) {
        Duration quarter = retention.dividedBy(4);
        if (quarter.compareTo(MIN_INTERVAL) < 0) {
            return MIN_INTERVAL;
        }
        return quarter.compareTo(MAX_INTERVAL) > 0 ? MAX_INTERVAL : quarter;
    }

    /** Scans now, and then at intervals. */
    public void start() {
        long millis = interval.toMillis();
        var unused = thread.scheduleWithFixedDelay(this::scan, 0, millis, TimeUnit.MILLISECONDS);
    }

    /** Scans soon: timers may have expired while this server was not subscribed. */
    public void scanSoon() {
        thread.execute(this::scanAnew);
    }

    /** The timer of a group has expired. */
    public void expired(GroupId group) {
        if (!backoff.includes(group.value())) {
            enqueue(group);
        }
    }

    /** Whether due receipts cannot be archived now. */
    public boolean isFailing() {
        return backoff.isActive();
    }

    /** How often the archive could not be written. */
    public long failures() {
        return failures.sum();
    }

    /** How long the group that has waited for the longest time has had something due. */
    public Duration lag() {
        Instant now = clock.instant();
        return due.values().stream()
                .min(Comparator.naturalOrder())
                .map(since -> Duration.between(since, now))
                .orElse(Duration.ZERO);
    }

    /** How many groups wait to be archived. */
    public int waiting() {
        return queued.size();
    }

    private void scan() {
        if (!scanRuns) {
            scanAnew();
        }
    }

    private void scanAnew() {
        probe();
        scans++;
        scan(scans, Optional.empty());
    }

    /** Scans one page, so that sweeps and timers need not wait for the whole scan. Stops if a newer scan has begun. */
    private void scan(int number, Optional<String> cursor) {
        if (number != scans) {
            return;
        }
        scanRuns = false;
        BackgroundWork.run("scan", () -> {
            SweepStore.ScanPage page = store.scan(cursor, hasScanned);
            page.groups().forEach(next -> {
                if (next.needsTrim()) {
                    expired(next.group());
                }
                plan(next);
            });
            scanRuns = page.cursor().isPresent();
            hasScanned |= page.cursor().isEmpty();
            page.cursor().ifPresent(next -> thread.execute(() -> scan(number, Optional.of(next))));
        });
    }

    private void probe() {
        try {
            if (!archive.isWritable()) {
                throw new AccessDeniedException("archive.dir");
            }
            archive.mark();
            backoff.succeeded(WriteBackoff.EVERYWHERE);
        } catch (IOException e) {
            failures.increment();
            backoff.failed(WriteBackoff.EVERYWHERE, e);
        }
    }

    /** Looks at a timer that expires before the next scan when its time has come, which makes Redis expire it. */
    private void plan(NextSweep next) {
        Instant now = clock.instant();
        next.due().ifPresent(due -> {
            if (!due.isAfter(now)) {
                expired(next.group());
            } else if (due.isBefore(now.plus(interval.multipliedBy(2))) && scheduled.add(next.group())) {
                schedule(next.group(), Duration.between(now, due));
            }
        });
    }

    private void schedule(GroupId group, Duration left) {
        // a millisecond later, so that the timer has expired by then
        var unused = thread.schedule(() -> look(group), left.toMillis() + 1, TimeUnit.MILLISECONDS);
    }

    private void look(GroupId group) {
        BackgroundWork.run("timer", () -> {
            scheduled.remove(group);
            Optional<Duration> left = store.timeLeft(group);
            if (left.isPresent() && left.get().compareTo(interval) < 0 && scheduled.add(group)) {
                schedule(group, left.get());
            }
        });
    }

    private void enqueue(GroupId group) {
        due.putIfAbsent(group, clock.instant());
        if (queued.add(group)) {
            thread.execute(() -> portion(group));
        }
    }

    private void portion(GroupId group) {
        queued.remove(group);
        BackgroundWork.run("sweep of " + group, () -> {
            try {
                long begin = System.nanoTime();
                Optional<NextSweep> next = sweep.portion(group);
                backoff.succeeded(group.value());
                next.ifPresentOrElse(this::planAfterSweep, () -> {
                    rest(System.nanoTime() - begin);
                    enqueue(group);
                });
            } catch (IOException e) {
                retry(group, e);
            } catch (Refused noGroup) {
                due.remove(group);
                backoff.succeeded(group.value());
            } catch (RuntimeException failed) {
                // nothing else would repeat this group: events and scans skip it while it fails
                if (backoff.includes(group.value())) {
                    retry(group, failed);
                } else {
                    // the next scan finds it, unless another server sweeps it meanwhile
                    due.remove(group);
                }
                throw failed;
            }
        });
    }

    private void planAfterSweep(NextSweep next) {
        due.remove(next.group());
        plan(next);
    }

    private void retry(GroupId group, Exception e) {
        failures.increment();
        Duration pause = backoff.failed(group.value(), e);
        var unused = thread.schedule(() -> enqueue(group), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void rest(long worked) {
        LockSupport.parkNanos(Math.min(REST_FACTOR * worked, MAX_REST.toNanos()));
    }

    @Override
    public void close() {
        thread.shutdown();
        ShutdownWait.until(() -> {
            var unused = thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        });
    }
}
