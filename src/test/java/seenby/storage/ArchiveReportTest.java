package seenby.storage;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import seenby.load.Latencies;
import seenby.storage.ArchiveOutcome.Timing;

/** The report on finding archived messages. */
class ArchiveReportTest {
    private static final List<Timing> FLAT = timings(2);

    private static List<Timing> timings(double manyMillis) {
        return List.of(
                new Timing("1,000", new Latencies(10, 2, 4, 5)),
                new Timing("1,000, all compressed", new Latencies(10, 2, 4, 5)),
                new Timing("1,000,000", new Latencies(10, manyMillis, 20, 30)));
    }

    @Test
    void goalIsMetAtThreeTimesTheMedian() {
        ArchiveOutcome good = new ArchiveOutcome(timings(6), FLAT, FLAT, FLAT, FLAT, FLAT);

        assertTrue(good.holds());
        assertFalse(ArchiveReport.of(good).contains("MISSED"));
    }

    @Test
    void goalThatIsMissedIsNamed() {
        ArchiveOutcome bad = new ArchiveOutcome(timings(6.1), FLAT, FLAT, FLAT, FLAT, FLAT);

        assertFalse(bad.holds());
        String goal =
                "one of 1,000,000 takes at most 3 times as long as one of 1,000 (5 members, archive alone, median)";
        assertTrue(ArchiveReport.of(bad).contains("MISSED  " + goal), ArchiveReport.of(bad));
        assertTrue(ArchiveReport.of(bad).contains("3.05\n"));
    }

    @Test
    void nothingMeasuredMeetsNoGoal() {
        assertFalse(new ArchiveOutcome(List.of(), FLAT, FLAT, FLAT, FLAT, FLAT).holds());
    }

    @Test
    void rangesHaveNoGoal() {
        assertTrue(new ArchiveOutcome(FLAT, FLAT, FLAT, FLAT, timings(60), timings(60)).holds());
    }

    @Test
    void tableIsAscii() {
        String report = ArchiveReport.of(new ArchiveOutcome(FLAT, FLAT, FLAT, FLAT, FLAT, FLAT));

        assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(report));
    }
}
