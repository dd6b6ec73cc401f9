package seenby.command;

import java.io.IOException;
import java.time.Duration;
import seenby.bench.Bench;
import seenby.bench.Scenario;
import seenby.storage.MemoryCase;
import seenby.storage.MemoryOutcome;
import seenby.storage.MemoryReport;

/** {@link MemoryCase} on a temporary server. */
record MemoryScenario(Server.Starter starter) implements Scenario {
    private static final Duration LATER = Duration.ofHours(1);

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String measures() {
        return "how much memory receipts take in Redis, before and after they are archived";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        ManualClock clock = new ManualClock();
        // the clock stands still, so the retention only decides how often the server scans: four times within it
        try (TemporaryServer server = TemporaryServer.start(starter, "bench", clock, "receipts.retention=4s")) {
            MemoryOutcome outcome = MemoryCase.play(
                    server.url(),
                    server.adminToken(),
                    new MemoryCaseStore(server.redis(), () -> clock.move(LATER)),
                    bench.quick() ? MemoryCase.SMALL : MemoryCase.SIZES);
            bench.report().goals(MemoryReport.of(outcome), outcome.holds());
        }
    }
}
