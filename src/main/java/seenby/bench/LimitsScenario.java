package seenby.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import seenby.bench.Fanout.Pace;
import seenby.client.Repeated;
import seenby.limits.BareServer;
import seenby.limits.RedisSends;
import seenby.load.ClosedLoop;
import seenby.load.Latencies;
import seenby.load.LoadClient;
import seenby.measurement.JavaProcess;
import seenby.measurement.MeasuredServer;
import seenby.measurement.ServerUsage;

/**
 * The server beside the bare limits, in one run: hubs of the same Javalin and Jetty without accounts and receipts, which
 * store nothing or run only the script that stores a message, and that script alone.
 */
final class LimitsScenario implements Scenario {
    private static final String SEENBY = "Seenby";
    private static final int CONNECTIONS = 50;
    private static final int MEMBERS = 200;

    @Override
    public String name() {
        return "limits";
    }

    @Override
    public String measures() {
        return "the server beside bare hubs of Javalin and Jetty, with and without a store, and Redis alone";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        List<Integer> sizes = bench.sizes(40, 40, 200, 1_000);
        List<JavaProcess> processes = new ArrayList<>();
        try (Stage stage = bench.stage(Math.max(MEMBERS, sizes.get(sizes.size() - 1)) + 1)) {
            List<Peer> peers = new ArrayList<>(List.of(new Peer(SEENBY, stage.client(), Optional.empty())));
            for (boolean stores : new boolean[] {false, true}) {
                for (String hub : List.of("javalin", "jetty")) {
                    peers.add(peer(hub, stores, stage.server(), processes));
                }
            }
            new Comparison(bench, stage, peers).run(sizes);
            peers.forEach(peer -> peer.client().close());
        } finally {
            processes.forEach(JavaProcess::close);
        }
    }

    /** @param stores whether it stores each message in the Redis of the measured server */
    private static Peer peer(String hub, boolean stores, MeasuredServer server, List<JavaProcess> processes)
            throws IOException, InterruptedException {
        String name = "bare " + hub + (stores ? " + script" : "");
        List<String> command = new ArrayList<>(List.of(BareServer.class.getName(), hub));
        if (stores) {
            command.add(server.redisConf().toString());
        }
        Path output = server.redisConf().resolveSibling(name.replace(' ', '-') + ".log");
        JavaProcess process = JavaProcess.launch(output, List.of(), command);
        processes.add(process);
        return new Peer(name, LoadClient.of(process.awaitPort()), Optional.of(process));
    }

    /** A server to compare, in its own process; the measured server has none of these. */
    private record Peer(String name, LoadClient client, Optional<JavaProcess> process) {
        ServerUsage usage(Stage stage) {
            return process.map(own ->
                            new ServerUsage(own.usage(), stage.server().usage().redis()))
                    .orElseGet(stage.server()::usage);
        }
    }

    /** Measures all peers in turn, and compares each with Seenby. */
    private record Comparison(Bench bench, Stage stage, List<Peer> peers) {
        void run(List<Integer> sizes) throws IOException {
            List<String> columns = new ArrayList<>(Figures.COLUMNS);
            columns.add("Seenby :");
            bench.report().progress("Warming up");
            stage.accounts().group("posts", 0, MEMBERS);
            peers.forEach(peer -> posts(peer, bench.warmUp()));
            bench.report().head("POST to %d members, %d connections".formatted(MEMBERS, CONNECTIONS), columns);
            compare("", false, peer -> posts(peer, bench.time()));
            bench.report().row("Redis alone", redisAlone().cells());
            stage.accounts().delete("posts");
            peers.forEach(peer -> fanout(peer, sizes.get(0), Pace.WARM_UP, bench.warmUp()));
            bench.report().head("deliveries by poll: members, pace", columns);
            for (int members : sizes) {
                for (Pace pace : List.of(Pace.CLOSED, Pace.SATURATED, Pace.OPEN_LOOP)) {
                    String what = "%,d, %s: ".formatted(members, pace.label());
                    compare(what, pace == Pace.OPEN_LOOP, peer -> fanout(peer, members, pace, bench.time()));
                }
            }
        }

        private interface Measurement {
            Figures of(Peer peer);
        }

        /** The ratio is that of the rates, or in an open loop, where all rates are the same, of the latencies. */
        private void compare(String what, boolean byLatency, Measurement measurement) {
            double ours = 0;
            for (Peer peer : peers) {
                Figures figures = measurement.of(peer);
                double figure = byLatency ? figures.latencies().p99() : figures.perSecond();
                ours = peer.name().equals(SEENBY) ? figure : ours;
                List<Object> cells = new ArrayList<>(figures.cells());
                cells.add(ours / figure);
                bench.report().row(what + peer.name(), cells);
            }
        }

        private Figures posts(Peer peer, Duration time) {
            byte[] send = stage.accounts().of(0).send("posts", "x".repeat(100));
            try (ClosedLoop loop = new ClosedLoop(peer.client(), CONNECTIONS, new Repeated(send))) {
                Meter meter = Meter.start(peer.client(), () -> peer.usage(stage));
                Latencies latencies = loop.run(time);
                return meter.stop(latencies.count(), latencies);
            }
        }

        private Figures redisAlone() throws IOException {
            Meter meter = stage.meter();
            Latencies latencies = RedisSends.run(
                    BareServer.messages(stage.server().redisConf()),
                    "posts",
                    Accounts.id(0),
                    CONNECTIONS,
                    bench.time());
            return meter.stop(latencies.count(), latencies);
        }

        private Figures fanout(Peer peer, int members, Pace pace, Duration time) {
            Accounts accounts = stage.accounts();
            String group = "of-" + members;
            accounts.group(group, 0, members + 1);
            try (Fanout fanout = new Fanout(peer.client(), () -> peer.usage(stage))) {
                fanout.add(group, accounts.of(0), accounts.of(1, members), false, pace);
                fanout.open();
                Figures figures = fanout.run(pace, time);
                fanout.check(bench.report());
                return figures;
            } finally {
                accounts.delete(group);
            }
        }
    }
}
