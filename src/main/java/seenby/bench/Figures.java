package seenby.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import seenby.load.Latencies;
import seenby.load.LoadClient;
import seenby.measurement.ProcessUsage;
import seenby.measurement.RedisUsage;
import seenby.measurement.ServerUsage;

/** What was measured of one kind of operation. */
record Figures(
        long operations,
        Duration took,
        Latencies latencies,
        ServerUsage server,
        ProcessUsage client,
        LoadClient.Transfer transfer) {
    /** The heads of {@link #cells}; what does not say otherwise is for one operation. */
    static final List<String> COLUMNS = List.of(
            "per s",
            "p50 ms",
            "p99 ms",
            "max ms",
            "server µs",
            "Redis µs",
            "scripts",
            "commands",
            "RSS MB",
            "client %");

    private static final double MICRO = 1e3;
    private static final double MEGA = 1e6;
    private static final String UNKNOWN = "-";

    double perSecond() {
        return operations * 1e9 / took.toNanos();
    }

    double p99() {
        return latencies.p99();
    }

    List<Object> cells() {
        List<Object> cells = new ArrayList<>(
                List.<Object>of(Math.round(perSecond()), latencies.p50(), latencies.p99(), latencies.longest()));
        cells.addAll(costs());
        cells.add(clientShare());
        return cells;
    }

    /**
     * Processor time of the server and of its Redis, scripts and commands for one operation, and the server's memory.
     */
    List<Object> costs() {
        return List.<Object>of(
                micros(server.process().cpu()),
                micros(server.redis().map(RedisUsage::cpu)),
                each(server.redis().map(RedisUsage::scripts)),
                each(server.redis().map(RedisUsage::commands)),
                server.process().residentBytes().isPresent()
                        ? Math.round(server.process().residentBytes().getAsLong() / MEGA)
                        : UNKNOWN);
    }

    /** How much of one processor the client took, in percent. */
    private Object clientShare() {
        return client.cpu()
                .<Object>map(cpu -> Math.round(100.0 * cpu.toNanos() / took.toNanos()))
                .orElse(UNKNOWN);
    }

    private Object micros(Optional<Duration> cpu) {
        return each(cpu.map(it -> it.toNanos() / MICRO));
    }

    private Object each(Optional<? extends Number> sum) {
        return sum.<Object>map(it -> it.doubleValue() / Math.max(1, operations)).orElse(UNKNOWN);
    }
}
