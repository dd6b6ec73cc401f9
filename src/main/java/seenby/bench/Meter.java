package seenby.bench;

import java.time.Duration;
import java.util.function.Supplier;
import seenby.load.ClosedLoop;
import seenby.load.Latencies;
import seenby.load.LoadClient;
import seenby.measurement.ProcessUsage;
import seenby.measurement.ServerUsage;

/** Measures what a server and this program use from one moment to another. */
final class Meter {
    private final LoadClient client;
    private final Supplier<ServerUsage> server;
    private final LoadClient.Transfer transfer;
    private final ServerUsage before;
    private final ProcessUsage own = own();
    private final long begin = System.nanoTime();

    private Meter(LoadClient client, Supplier<ServerUsage> server) {
        this.client = client;
        this.server = server;
        this.transfer = client.transfer();
        this.before = server.get();
    }

    static Meter start(LoadClient client, Supplier<ServerUsage> server) {
        return new Meter(client, server);
    }

    /** Measures connections that do some work as fast as they can. */
    static Figures measure(
            LoadClient client, Supplier<ServerUsage> server, int connections, Duration time, ClosedLoop.Work work) {
        try (ClosedLoop loop = new ClosedLoop(client, connections, work)) {
            Meter meter = start(client, server);
            Latencies latencies = loop.run(time);
            return meter.stop(latencies.count(), latencies);
        }
    }

    private static ProcessUsage own() {
        return ProcessUsage.of(ProcessHandle.current());
    }

    /**
     * The figures since the start.
     *
     * @param operations how often happened what the figures are about
     */
    Figures stop(long operations, Latencies latencies) {
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        ServerUsage after = server.get();
        return new Figures(
                operations,
                took,
                latencies,
                after.since(before),
                own().since(own),
                client.transfer().since(transfer));
    }
}
