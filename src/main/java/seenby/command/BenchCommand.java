package seenby.command;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import seenby.bench.ArchiveCase;
import seenby.bench.ArchiveOutcome;
import seenby.bench.ArchiveReport;
import seenby.bench.MemoryCase;
import seenby.bench.MemoryOutcome;
import seenby.bench.MemoryReport;
import seenby.bench.SweepCase;
import seenby.bench.SweepOutcome;
import seenby.bench.SweepReport;
import seenby.config.ConfigException;

/** {@code bench}: runs one of the benches on a temporary server. */
public final class BenchCommand {
    private static final Duration LATER = Duration.ofHours(1);

    private final Server.Starter starter;

    public BenchCommand(Server.Starter starter) {
        this.starter = starter;
    }

    /** Runs a bench and prints its figures. Returns whether its goals hold. */
    public boolean run(List<String> words) throws IOException, InterruptedException {
        return switch (words.size() == 1 ? words.get(0) : "") {
            case "memory" -> memory();
            case "archive" -> archive();
            case "sweep" -> sweep();
            default -> throw new ConfigException("bench needs one of memory, archive, sweep");
        };
    }

    /** The clock stands still, so the retention only decides how often the server scans: four times within it. */
    private boolean memory() throws IOException, InterruptedException {
        ManualClock clock = new ManualClock();
        TemporaryServer server = TemporaryServer.start(starter, "bench", clock, "receipts.retention=4s");
        say("Measuring groups of up to 10,000 members; this takes about two minutes.");
        MemoryOutcome outcome = MemoryCase.play(
                server.url(),
                server.adminToken(),
                new MemoryCaseStore(server.redis(), () -> clock.move(LATER)),
                MemoryCase.SIZES);
        System.out.print(MemoryReport.of(outcome));
        return outcome.holds();
    }

    /** Nothing becomes due while this bench runs. */
    private boolean archive() throws IOException, InterruptedException {
        TemporaryServer server = TemporaryServer.start(starter, "bench", Clock.systemUTC());
        say("Measuring archives of up to 1,000,000 messages; this takes some minutes.");
        ArchiveCaseStore files =
                new ArchiveCaseStore(server.redis(), server.config().archive());
        ArchiveOutcome outcome =
                ArchiveCase.play(server.url(), server.adminToken(), files, ArchiveCase.ArchiveSizes.FULL);
        System.out.print(ArchiveReport.of(outcome));
        return outcome.holds();
    }

    /** Each group's timer expires once within the retention, due or not. That is rare enough to disturb nobody. */
    private boolean sweep() throws IOException, InterruptedException {
        ManualClock clock = new ManualClock();
        TemporaryServer server = TemporaryServer.start(starter, "bench", clock, "receipts.retention=1m");
        say("Measuring sweeps of 1,000,000 receipts; this takes some minutes.");
        SweepCaseStore store = new SweepCaseStore(server.redis(), () -> clock.move(LATER));
        SweepOutcome outcome = SweepCase.play(server.url(), server.adminToken(), store, SweepCase.SweepPlan.FULL);
        System.out.print(SweepReport.of(outcome));
        return outcome.holds();
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
