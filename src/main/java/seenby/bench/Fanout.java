package seenby.bench;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import seenby.client.Channel;
import seenby.client.FanoutGroup;
import seenby.client.Follower;
import seenby.client.Ramp;
import seenby.load.LatencyRecorder;
import seenby.load.LoadClient;
import seenby.measurement.ServerUsage;

/**
 * Groups whose members wait for messages, by one of three paces:
 *
 * <ul>
 *   <li>closed: one message outstanding. The next is sent when everyone has it.
 *   <li>saturated: 64 messages outstanding, from 8 connections.
 *   <li>open loop: a message at each tick of a clock. Latencies count from the tick, whether or not the sender was
 *   free.
 * </ul>
 */
final class Fanout implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LoadClient client;
    private final Supplier<ServerUsage> server;
    private final LatencyRecorder latencies = new LatencyRecorder();
    private final List<FanoutGroup> groups = new ArrayList<>();

    /** How messages are sent. */
    enum Pace {
        CLOSED("closed", 1, 1, 0),
        WARM_UP("warm-up", 1, 8, 0),
        SATURATED("saturated", 8, 64, 0),
        OPEN_LOOP("20/s", 1, 0, 20);

        private final String label;
        private final int senders;
        private final int window;
        private final int perSecond;

        Pace(String label, int senders, int window, int perSecond) {
            this.label = label;
            this.senders = senders;
            this.window = window;
            this.perSecond = perSecond;
        }

        String label() {
            return label;
        }
    }

    Fanout(LoadClient client, Supplier<ServerUsage> server) {
        this.client = client;
        this.server = server;
    }

    /** Adds a group that has no messages yet. */
    void add(Channel channel, Pace pace) {
        groups.add(new FanoutGroup(client, channel, pace.senders, latencies));
    }

    /** Opens the polls, measures, and adds what went wrong to the report. */
    Figures measure(Pace pace, Duration time, Report report) {
        open();
        Figures figures = run(pace, time);
        check(report);
        return figures;
    }

    /** Opens the polls, some at a time, so that the backlog of the server's socket suffices. */
    void open() {
        List<Follower> followers =
                groups.stream().flatMap(group -> group.followers().stream()).toList();
        try {
            new Ramp(client, followers).run();
        } catch (IllegalStateException | UncheckedIOException e) {
            long open = followers.stream().filter(Follower::isOpen).count();
            throw new IllegalStateException(
                    "only %,d of %,d polls could be opened: %s".formatted(open, followers.size(), e.getMessage()), e);
        }
        client.runUntil("everyone waits", PATIENCE, () -> groups.stream().allMatch(FanoutGroup::isOpen));
        client.runFor(Duration.ofMillis(300));
    }

    /** Sends for some time, and waits until everyone has everything. An operation is a delivery. */
    Figures run(Pace pace, Duration time) {
        latencies.clear();
        long before = sum(FanoutGroup::deliveries);
        Meter meter = Meter.start(client, server);
        long begin = System.nanoTime();
        if (pace.perSecond > 0) {
            tick(begin, TimeUnit.SECONDS.toNanos(1) / pace.perSecond, begin + time.toNanos());
        }
        groups.forEach(group -> group.keepOwed(pace.window));
        client.runFor(time);
        groups.forEach(group -> group.keepOwed(0));
        awaitQuiet();
        return meter.stop(sum(FanoutGroup::deliveries) - before, latencies.latencies());
    }

    private void tick(long at, long interval, long end) {
        if (at < end) {
            client.at(at, () -> {
                groups.forEach(group -> group.send(at));
                tick(at + interval, interval, end);
            });
        }
    }

    /** Sends one message to each group, and waits until everyone has it. */
    Figures once() {
        latencies.clear();
        Meter meter = Meter.start(client, server);
        long now = System.nanoTime();
        groups.forEach(group -> group.send(now));
        awaitQuiet();
        return meter.stop(latencies.latencies().count(), latencies.latencies());
    }

    private void awaitQuiet() {
        client.runUntil(
                "everyone has every message", PATIENCE, () -> groups.stream().allMatch(FanoutGroup::isQuiet));
    }

    /** Adds what was lost, doubled or out of order to the report. */
    void check(Report report) {
        long owed = groups.stream()
                .mapToLong(group -> (long) group.sent() * group.followers().size())
                .sum();
        report.expect("deliveries", owed, sum(FanoutGroup::deliveries));
        report.expect("deliveries out of order", 0, sum(FanoutGroup::faults));
    }

    private long sum(ToLongFunction<FanoutGroup> of) {
        return groups.stream().mapToLong(of).sum();
    }

    @Override
    public void close() {
        groups.forEach(FanoutGroup::close);
    }
}
