package seenby.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import seenby.Seenby;
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

/** Benchmarks with small numbers: they complete and report what they measure. Their speed does not matter here. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Order(1) // one of the longest
class BenchIT {
    private final ManualClock clock = new ManualClock();

    private void advanceOneHour() {
        clock.move(Duration.ofHours(1));
    }

    @Test
    void memoryBenchMeasuresReceiptsAndFindsNoneAfterTheSweep() throws Exception {
        TemporaryServer server = TemporaryServer.start(Seenby::start, "bench-it", clock, "receipts.retention=4s");
        MemoryCaseStore store = new MemoryCaseStore(server.redis(), this::advanceOneHour);

        MemoryOutcome outcome =
                MemoryCase.play(server.url(), server.adminToken(), store, List.of(new MemoryCase.GroupSize(5, 20, 10)));

        assertTrue(outcome.holds(), MemoryReport.of(outcome));
        List<String> keys = outcome.groups().get(0).keys();
        assertTrue(keys.stream().anyMatch(key -> key.endsWith(":messages")), keys::toString);
        assertTrue(keys.stream().noneMatch(key -> key.matches(".*:(unread|read|receipts).*")), keys::toString);
    }

    @Test
    void archiveBenchFindsMessagesInArchivesOfAllSizes() throws Exception {
        TemporaryServer server =
                TemporaryServer.start(Seenby::start, "bench-it", Clock.systemUTC(), "archive.segment_bytes=4096");
        ArchiveCaseStore files =
                new ArchiveCaseStore(server.redis(), server.config().archive());

        ArchiveOutcome outcome = ArchiveCase.play(
                server.url(), server.adminToken(), files, new ArchiveCase.ArchiveSizes(150, 1_200, 200, 40));

        assertEquals(4, outcome.one().size());
        assertTrue(ArchiveReport.of(outcome).contains("1,200, last segment"), ArchiveReport.of(outcome));
    }

    @Test
    void sweepBenchSweepsBacklogsWhileMembersSend() throws Exception {
        TemporaryServer server = TemporaryServer.start(Seenby::start, "bench-it", clock, "receipts.retention=4s");
        SweepCaseStore store = new SweepCaseStore(server.redis(), this::advanceOneHour);
        SweepCase.SweepPlan small = new SweepCase.SweepPlan(
                List.of(
                        new SweepCase.Backlog("one-group", 1, 20, 300),
                        new SweepCase.Backlog("many-groups", 20, 5, 10)),
                new SweepCase.Backlog("heap", 1, 20, 100),
                Duration.ofMillis(300));

        SweepOutcome outcome = SweepCase.play(server.url(), server.adminToken(), store, small);

        assertEquals(2, outcome.sweeps().size());
        assertTrue(SweepReport.of(outcome).contains("5,700 due receipts"), SweepReport.of(outcome));
    }

    @Test
    void benchRefusesAnythingButTheNameOfABench() {
        for (List<String> words : List.of(List.<String>of(), List.of("speed"), List.of("memory", "now"))) {
            assertThrows(ConfigException.class, () -> new BenchCommand(Seenby::start).run(words));
        }
    }
}
