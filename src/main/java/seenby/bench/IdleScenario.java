package seenby.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import seenby.client.SeenbyChannel;
import seenby.load.Latencies;

/** All members of a group wait for news, on a server with little memory. None come, and then one message for all. */
final class IdleScenario implements Scenario {
    private static final String GROUP = "everyone";
    private static final List<String> OPTIONS = List.of("-Xmx256m");
    private static final double NANOS = 1e9;
    private static final double KIB = 1024;

    /** The heap that a poll of a user in one group may take: 8 KB for the poll, and 0.1 KB for the group. */
    private static final double MOST_KIB = 8.1;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String measures() {
        return "10,000 polls that wait on a server with -Xmx256m, their heap, and then one message to all";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        int polls = bench.size(10_000, 300);
        Duration idle = bench.quick() ? Duration.ofSeconds(2) : Duration.ofSeconds(60);
        try (Stage stage = bench.stage(OPTIONS, polls);
                Fanout fanout = stage.fanout()) {
            stage.accounts().group(GROUP, 0, polls);
            fanout.add(
                    new SeenbyChannel(
                            GROUP, stage.accounts().of(0), stage.accounts().of(0, polls), false),
                    Fanout.Pace.CLOSED);
            bench.report().head("%,d polls".formatted(polls), List.of("took s", "server s", "Redis scripts", "RSS MB"));
            OptionalLong empty = stage.server().liveHeapBytes();
            Meter opening = stage.meter();
            fanout.open();
            row(bench, "opened, one after the other", opening.stop(polls, Latencies.of()));
            bench.report().progress("Waiting for " + idle.toSeconds() + " s");
            Meter waiting = stage.meter();
            stage.client().runFor(idle);
            row(bench, "idle; each ends after 25 s and opens again", waiting.stop(polls, Latencies.of()));
            heap(bench, polls, empty, stage.server().liveHeapBytes());
            bench.report().head("deliveries", Figures.COLUMNS);
            bench.report().row("one message to all", fanout.once());
            bench.report().row("one more", fanout.once());
            fanout.check(bench.report());
        }
    }

    /** Only a JDK tells the heap of a server. */
    private static void heap(Bench bench, int polls, OptionalLong before, OptionalLong after) {
        if (before.isPresent() && after.isPresent()) {
            double each = (after.getAsLong() - before.getAsLong()) / KIB / polls;
            bench.report().head("heap", List.of("objects MB", "KB a poll"));
            bench.report().row("before the polls", List.<Object>of(before.getAsLong() / KIB / KIB, "-"));
            bench.report().row("idle", List.<Object>of(after.getAsLong() / KIB / KIB, each));
            // in a quick run there are so few polls that what the server loads for the first one would count
            if (each > MOST_KIB && !bench.quick()) {
                bench.report().fault("a poll takes %.2f KB of heap instead of %.2f".formatted(each, MOST_KIB));
            }
        }
    }

    private static void row(Bench bench, String what, Figures figures) {
        List<Object> cells = new ArrayList<>();
        cells.add(figures.took().toNanos() / NANOS);
        cells.add(figures.server()
                .process()
                .cpu()
                .<Object>map(cpu -> cpu.toNanos() / NANOS)
                .orElse("-"));
        cells.add(figures.server().redis().<Object>map(redis -> redis.scripts()).orElse("-"));
        cells.add(figures.costs().get(figures.costs().size() - 1));
        bench.report().row(what, cells);
    }
}
