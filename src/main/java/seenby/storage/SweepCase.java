package seenby.storage;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import seenby.load.Client;
import seenby.load.OpenLoop;
import seenby.load.People;
import seenby.load.Workers;

/**
 * Measures how much a sweep of many due receipts slows down people who send. In a group without due receipts, members
 * send at a steady rate before, during and after the sweep. Half of the recipients have read each message.
 */
public final class SweepCase {
    private static final int A_SECOND = 200;
    private static final int CONNECTIONS = 20;
    private static final int ACKED_AT_ONCE = 100;
    private static final int LOOKS_A_SECOND = 10;
    private static final String TALK = "talk";
    private static final Set<String> TRIVIAL = Set.of("HGET", "HMGET", "HSET", "PUBLISH");

    /** Far more than a sweep and the scan before it take. */
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);

    /** Groups with due receipts. */
    public record Backlog(String name, int groups, int members, int messages) {
        long receipts() {
            return (long) groups * messages * (members - 1);
        }

        private String group(int number) {
            return name + "-" + number;
        }
    }

    /** Which backlogs are swept, and how long members send before and after. */
    public record SweepPlan(List<Backlog> backlogs, Backlog forHeap, Duration around) {
        public static final SweepPlan FULL = new SweepPlan(
                List.of(new Backlog("one-group", 1, 200, 5_050), new Backlog("many-groups", 500, 20, 106)),
                new Backlog("heap", 1, 200, 5_050),
                Duration.ofSeconds(15));

        public static final SweepPlan SMALL = new SweepPlan(
                List.of(new Backlog("one-group", 1, 20, 300), new Backlog("many-groups", 20, 5, 10)),
                new Backlog("heap", 1, 20, 100),
                Duration.ofMillis(300));
    }

    /** Access to what no client sees. */
    public interface SweepControl {
        /** Makes the receipts of all messages due that were sent so far. */
        void makeDue();

        /** The calls that blocked Redis for more than a millisecond since the last look. */
        List<SlowCall> slowCalls();
    }

    /** A call, by the file of its script or the name of its command. */
    public record SlowCall(String name, Duration took) {
        boolean isOfTheSweep() {
            return name.startsWith("archive_") || name.equals("receipt_times.lua");
        }

        /** Whether its work is small, however much a group stores. */
        boolean isTrivial() {
            return TRIVIAL.contains(name);
        }

        boolean isTooLong() {
            return took.compareTo(SweepOutcome.LONGEST_CALL) >= 0;
        }
    }

    private final People people;
    private final SweepControl store;

    private SweepCase(People people, SweepControl store) {
        this.people = people;
        this.store = store;
    }

    /** Runs on a server where receipts become due when the store is told so. The server sweeps them soon after. */
    public static SweepOutcome play(URI server, String adminToken, SweepControl store, SweepPlan plan)
            throws InterruptedException {
        return new SweepCase(People.make(server, adminToken, 200), store).play(plan);
    }

    private SweepOutcome play(SweepPlan plan) throws InterruptedException {
        people.group(TALK, CONNECTIONS);
        List<SweepOutcome.SweepCost> sweeps = new ArrayList<>();
        for (Backlog backlog : plan.backlogs()) {
            fill(backlog);
            sweeps.add(sweep(backlog, plan.around()));
        }
        fill(plan.forHeap());
        return new SweepOutcome(sweeps, heap(plan.forHeap()));
    }

    private void fill(Backlog backlog) throws InterruptedException {
        Workers.each(backlog.groups(), number -> people.group(backlog.group(number), backlog.members()));
        Client sender = people.client(0);
        Workers.each(
                backlog.groups() * backlog.messages(),
                i -> sender.post(path(backlog, i % backlog.groups(), "/messages"), Map.of("text", "message " + i)));
        int readers = (backlog.members() - 1) / 2;
        Workers.each(backlog.groups() * readers, i -> ack(backlog, i / readers, people.client(1 + i % readers)));
    }

    private void ack(Backlog backlog, int group, Client member) throws InterruptedException {
        for (int upto = 0; upto < backlog.messages(); ) {
            upto = Math.min(backlog.messages(), upto + ACKED_AT_ONCE);
            member.post(path(backlog, group, "/ack"), Map.of("upto", upto));
        }
    }

    private static String path(Backlog backlog, int group, String what) {
        return "/v1/groups/" + backlog.group(group) + what;
    }

    private SweepOutcome.SweepCost sweep(Backlog backlog, Duration around) throws InterruptedException {
        long before = System.nanoTime();
        try (OpenLoop talk = new OpenLoop(A_SECOND, CONNECTIONS, this::send)) {
            TimeUnit.NANOSECONDS.sleep(around.toNanos());
            var unused = store.slowCalls();
            store.makeDue();
            awaitArchived(backlog, 0, 1);
            long begin = System.nanoTime();
            awaitAll(backlog);
            long end = System.nanoTime();
            List<SlowCall> slow = store.slowCalls();
            TimeUnit.NANOSECONDS.sleep(around.toNanos());
            return new SweepOutcome.SweepCost(
                    backlog,
                    Duration.ofNanos(end - begin),
                    talk.between(before, begin),
                    talk.between(begin, end),
                    talk.between(end, System.nanoTime()),
                    slow);
        }
    }

    private void send(int connection) throws InterruptedException {
        people.client(connection).post("/v1/groups/" + TALK + "/messages", Map.of("text", "still talking"));
    }

    private void awaitAll(Backlog backlog) throws InterruptedException {
        for (int group = 0; group < backlog.groups(); group++) {
            awaitArchived(backlog, group, backlog.messages());
        }
    }

    private void awaitArchived(Backlog backlog, int group, int message) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!isArchived(backlog, group, message)) {
            requireBefore(end);
            TimeUnit.MILLISECONDS.sleep(1000 / LOOKS_A_SECOND);
        }
    }

    private boolean isArchived(Backlog backlog, int group, int message) throws InterruptedException {
        String path = path(backlog, group, "/messages/" + message + "/receipts?list=none");
        return people.client(0).get(path).get("archived").asBoolean();
    }

    private static void requireBefore(long end) {
        if (System.nanoTime() > end) {
            throw new IllegalStateException("the sweep did not end in time");
        }
    }

    /** The most heap that a sweep uses, in bytes. Nobody sends meanwhile, and the heap is collected again and again. */
    private long heap(Backlog backlog) throws InterruptedException {
        long before = used();
        store.makeDue();
        long most = before;
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!isArchived(backlog, 0, backlog.messages())) {
            requireBefore(end);
            most = Math.max(most, used());
        }
        return most - before;
    }

    /** The heap in use after a collection. Between collections Java reports it in whole regions of megabytes. */
    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }
}
