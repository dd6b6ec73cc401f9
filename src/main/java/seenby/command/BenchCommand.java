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

/** The benches, each on a server of its own. */
public final class BenchCommand {
    private static final Duration LATER = Duration.ofHours(1);

    private final Server.Starter starter;

    public BenchCommand(Server.Starter starter) {
        this.starter = starter;
    }

    /** Runs one and prints its figures; true where its goals hold. */
    public boolean run(List<String> words) throws IOException, InterruptedException {
        return switch (words.size() == 1 ? words.get(0) : "") {
            case "memory" -> memory();
            case "archive" -> archive();
            case "sweep" -> sweep();
            default -> throw new ConfigException("bench takes one of memory, archive, sweep");
        };
    }

    /** With a clock that stands still, the retention says no more than how often the server scans: four times in it. */
    private boolean memory() throws IOException, InterruptedException {
        ManualClock clock = new ManualClock();
        TemporaryServer server = TemporaryServer.start(starter, "bench", clock, "receipts.retention=4s");
        say("Groups of up to 10,000; this takes about a minute.");
        MemoryOutcome outcome = MemoryCase.play(
                server.url(),
                server.adminToken(),
                new MemoryCaseStore(server.redis(), () -> clock.move(LATER)),
                MemoryCase.SIZES);
        System.out.print(MemoryReport.of(outcome));
        return outcome.holds();
    }

    /** Nothing of it is due within the bench. */
    private boolean archive() throws IOException, InterruptedException {
        TemporaryServer server = TemporaryServer.start(starter, "bench", Clock.systemUTC());
        say("Archives of up to 1,000,000 messages; this takes some minutes.");
        ArchiveCaseStore files =
                new ArchiveCaseStore(server.redis(), server.config().archive());
        ArchiveOutcome outcome = ArchiveCase.play(server.url(), server.adminToken(), files, ArchiveCase.Scale.FULL);
        System.out.print(ArchiveReport.of(outcome));
        return outcome.holds();
    }

    /** A timer of each group expires once in the retention, due or not: seldom enough to disturb nobody. */
    private boolean sweep() throws IOException, InterruptedException {
        ManualClock clock = new ManualClock();
        TemporaryServer server = TemporaryServer.start(starter, "bench", clock, "receipts.retention=1m");
        say("Sweeps of 1,000,000 receipts; this takes some minutes.");
        SweepCaseStore store = new SweepCaseStore(server.redis(), () -> clock.move(LATER));
        SweepOutcome outcome = SweepCase.play(server.url(), server.adminToken(), store, SweepCase.Scale.FULL);
        System.out.print(SweepReport.of(outcome));
        return outcome.holds();
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
