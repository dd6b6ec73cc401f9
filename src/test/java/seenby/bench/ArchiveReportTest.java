package seenby.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import seenby.bench.ArchiveOutcome.Answers;

/** What is said of finding what is archived. */
class ArchiveReportTest {
    private static final List<Answers> FLAT = answers(2);

    private static List<Answers> answers(double manyMillis) {
        return List.of(
                new Answers("1,000", new Latencies(10, 2, 4, 5)),
                new Answers("1,000, all compressed", new Latencies(10, 2, 4, 5)),
                new Answers("1,000,000", new Latencies(10, manyMillis, 20, 30)));
    }

    @Test
    void threeTimesTheMedianHolds() {
        ArchiveOutcome good = new ArchiveOutcome(answers(6), FLAT, FLAT, FLAT, FLAT, FLAT);

        assertTrue(good.holds());
        assertFalse(ArchiveReport.of(good).contains("MISSED"));
    }

    @Test
    void moreIsMissedAndSaidOfWhat() {
        ArchiveOutcome bad = new ArchiveOutcome(answers(6.1), FLAT, FLAT, FLAT, FLAT, FLAT);

        assertFalse(bad.holds());
        String goal = "one among 1,000,000 costs at most 3 times of one among 1,000, 5 members, archive alone";
        assertTrue(ArchiveReport.of(bad).contains("MISSED  " + goal), ArchiveReport.of(bad));
        assertTrue(ArchiveReport.of(bad).contains("3.05\n"));
    }

    @Test
    void rangesAreShownAndHeldToNothing() {
        assertTrue(new ArchiveOutcome(FLAT, FLAT, FLAT, FLAT, answers(60), answers(60)).holds());
    }

    @Test
    void theTableIsPlainText() {
        String report = ArchiveReport.of(new ArchiveOutcome(FLAT, FLAT, FLAT, FLAT, FLAT, FLAT));

        assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(report));
    }
}
