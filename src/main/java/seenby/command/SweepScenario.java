package seenby.command;

import java.io.IOException;
import java.time.Duration;
import seenby.bench.Bench;
import seenby.bench.Scenario;
import seenby.storage.SweepCase;
import seenby.storage.SweepOutcome;
import seenby.storage.SweepReport;

/** {@link SweepCase} on a temporary server. */
record SweepScenario(Server.Starter starter) implements Scenario {
    private static final Duration LATER = Duration.ofHours(1);

    @Override
    public String name() {
        return "sweep";
    }

    @Override
    public String measures() {
        return "how much the archiving of 1,000,000 receipts slows down people who send";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        SweepCase.SweepPlan plan = bench.quick() ? SweepCase.SweepPlan.SMALL : SweepCase.SweepPlan.FULL;
        ManualClock clock = new ManualClock();
        // each timer of a group expires once within the retention, due or not; that is rare enough to disturb nobody
        String retention = "receipts.retention=" + (bench.quick() ? "4s" : "1m");
        try (TemporaryServer server = TemporaryServer.start(starter, "bench", clock, retention)) {
            SweepCaseStore store = new SweepCaseStore(server.redis(), () -> clock.move(LATER));
            SweepOutcome outcome = SweepCase.play(server.url(), server.adminToken(), store, plan);
            bench.report().goals(SweepReport.of(outcome), outcome.holds() || bench.quick());
        }
    }
}
