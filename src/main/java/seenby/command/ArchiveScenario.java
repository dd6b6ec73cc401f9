package seenby.command;

import java.io.IOException;
import java.time.Clock;
import seenby.bench.Bench;
import seenby.bench.Scenario;
import seenby.storage.ArchiveCase;
import seenby.storage.ArchiveOutcome;
import seenby.storage.ArchiveReport;

/** {@link ArchiveCase} on a temporary server. */
record ArchiveScenario(Server.Starter starter) implements Scenario {
    @Override
    public String name() {
        return "archive";
    }

    @Override
    public String measures() {
        return "how long it takes to find one of up to 1,000,000 archived messages";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        ArchiveCase.ArchiveSizes sizes = bench.quick() ? ArchiveCase.ArchiveSizes.SMALL : ArchiveCase.ArchiveSizes.FULL;
        try (TemporaryServer server = TemporaryServer.start(starter, "bench", Clock.systemUTC())) {
            ArchiveCaseStore files =
                    new ArchiveCaseStore(server.redis(), server.config().archive());
            ArchiveOutcome outcome = ArchiveCase.play(server.url(), server.adminToken(), files, sizes);
            bench.report().goals(ArchiveReport.of(outcome), outcome.holds() || bench.quick());
        }
    }
}
