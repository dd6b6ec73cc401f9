package seenby.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import seenby.client.StormMember;
import seenby.load.LatencyRecorder;

/**
 * The article's case: 40 of the 200 members of a group are online and read each message, and its sender learns of each
 * reader. A member sends the next message when everyone online has the one before, as people talk.
 *
 * <p>Naive: each member acks each message with a request, and each ack is pushed to the sender at once, so the server
 * holds no receipts back. Ours: acks travel in polls, ten at a time, and receipts are held back for a second.
 */
final class StormScenario implements Scenario {
    private static final String GROUP = "article";
    private static final int MEMBERS = 200;
    private static final int ONLINE = 40;
    private static final int READERS = ONLINE - 1;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> COLUMNS = List.of(
            "requests",
            "beyond *",
            "bytes",
            "server µs",
            "Redis µs",
            "scripts",
            "commands",
            "RSS MB",
            "per s",
            "p50 ms");

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public String measures() {
        return "what a message costs that 40 of 200 members read, by a naive protocol and by ours";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        bench.report().head("for one message that all have read", COLUMNS);
        Figures naive = measure(bench, true);
        Figures ours = measure(bench, false);
        bench.report().line("");
        bench.report().line("\\* beyond polls and sends");
        if (naive.server().cpu().isPresent() && ours.server().cpu().isPresent()) {
            double ratio = (double) ours.server().cpu().get().toNanos()
                    / naive.server().cpu().get().toNanos();
            bench.report().line("");
            bench.report().line("Processor time of ours : naive = %.2f : 1".formatted(ratio));
        }
    }

    private static Figures measure(Bench bench, boolean naive) throws IOException, InterruptedException {
        try (Stage stage = bench.stage(MEMBERS, "receipts.coalesce=" + (naive ? "0s" : "1s"))) {
            stage.accounts().group(GROUP, 0, MEMBERS);
            List<StormMember> online = IntStream.range(0, ONLINE)
                    .mapToObj(user -> new StormMember(
                            stage.client(), Accounts.id(user), stage.accounts().of(user), GROUP, naive))
                    .toList();
            online.forEach(StormMember::open);
            stage.client()
                    .runUntil("everyone polls", PATIENCE, () -> online.stream().allMatch(StormMember::isOpen));
            bench.report().progress("Warming up");
            talk(stage, online, bench.size(300, 20), new LatencyRecorder());
            long sent = bench.size(300, 30);
            long extra = acks(online);
            LatencyRecorder latencies = new LatencyRecorder();
            Meter meter = stage.meter();
            talk(stage, online, sent, latencies);
            Figures figures = meter.stop(sent, latencies.latencies());
            row(bench.report(), naive, figures, acks(online) - extra);
            check(bench.report(), online);
            online.forEach(StormMember::close);
            return figures;
        }
    }

    private static void talk(Stage stage, List<StormMember> online, long messages, LatencyRecorder latencies) {
        for (int i = 0; i < messages; i++) {
            long begin = System.nanoTime();
            long id = online.get(0).lastSeen() + 1;
            online.get(i % ONLINE).send("x".repeat(100));
            stage.client()
                    .runUntil(
                            "everyone has the message",
                            PATIENCE,
                            () -> online.stream().allMatch(member -> member.lastSeen() >= id));
            latencies.add(System.nanoTime() - begin);
        }
        stage.client().runUntil("all receipts are known", PATIENCE, () -> isReceipted(online));
    }

    private static boolean isReceipted(List<StormMember> online) {
        return online.stream().mapToLong(StormMember::receipts).sum()
                >= READERS * online.get(0).lastSeen();
    }

    private static long acks(List<StormMember> online) {
        return online.stream().mapToLong(StormMember::ackRequests).sum();
    }

    private static void row(Report report, boolean naive, Figures figures, long acks) {
        double messages = figures.operations();
        List<Object> cells = new ArrayList<>(List.<Object>of(
                figures.transfer().requests() / messages,
                acks / messages,
                Math.round((figures.transfer().bytesIn() + figures.transfer().bytesOut()) / messages)));
        cells.addAll(figures.costs());
        cells.addAll(List.<Object>of(
                Math.round(figures.perSecond()), figures.latencies().p50()));
        report.row(naive ? "naive" : "ours", cells);
    }

    private static void check(Report report, List<StormMember> online) {
        long messages = online.get(0).lastSeen();
        report.expect("deliveries", messages * ONLINE, sum(online.stream().map(StormMember::deliveries)));
        report.expect(
                "receipts at the senders",
                messages * READERS,
                sum(online.stream().map(StormMember::receipts)));
    }

    private static long sum(Stream<Long> counts) {
        return counts.mapToLong(Long::longValue).sum();
    }
}
