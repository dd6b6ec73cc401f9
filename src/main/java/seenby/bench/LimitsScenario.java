package seenby.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import seenby.limits.BareServer;
import seenby.limits.RedisSends;
import seenby.load.Latencies;
import seenby.measurement.MeasuredServer;

/**
 * The server beside others, in one run: Nchan, and hubs of the same Javalin and Jetty without accounts and receipts,
 * which store nothing or run only the script that stores a message, and that script alone.
 */
final class LimitsScenario implements Scenario {
    private static final int CONNECTIONS = 50;
    private static final int MEMBERS = 200;

    @Override
    public String name() {
        return "limits";
    }

    @Override
    public String measures() {
        return "the server beside bare hubs of Javalin and Jetty, with and without a store, Redis alone, and Nchan";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        List<Integer> sizes = bench.sizes(40, 40, 200, 1_000);
        try (Stage stage = bench.stage(Math.max(MEMBERS, sizes.get(sizes.size() - 1)) + 1)) {
            List<Peer> peers = new ArrayList<>();
            try {
                addPeers(peers, bench, stage);
                Comparison comparison = new Comparison(bench, peers);
                comparison.posts(MEMBERS, CONNECTIONS);
                bench.report().row("Redis alone", redisAlone(bench, stage));
                comparison.deliveries(sizes);
            } finally {
                peers.forEach(Peer::close);
            }
        }
    }

    private static void addPeers(List<Peer> peers, Bench bench, Stage stage) throws IOException, InterruptedException {
        peers.add(HubPeer.seenby(stage));
        if (bench.nchan().isPresent()) {
            Path directory = stage.server().directory().resolve("nchan");
            peers.add(NchanPeer.start(bench.nchan().get(), directory));
        }
        for (boolean stores : new boolean[] {false, true}) {
            for (String hub : List.of("Javalin", "Jetty")) {
                peers.add(HubPeer.bare(hub, stores, stage));
            }
        }
    }

    private static Figures redisAlone(Bench bench, Stage stage) throws IOException {
        MeasuredServer server = stage.server();
        stage.accounts().group("posts", 0, MEMBERS);
        Meter meter = stage.meter();
        Latencies latencies = RedisSends.run(
                BareServer.messages(server.redisConf()), "posts", Accounts.id(0), CONNECTIONS, bench.time());
        stage.accounts().delete("posts");
        return meter.stop(latencies.count(), latencies);
    }
}
