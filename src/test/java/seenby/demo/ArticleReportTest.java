package seenby.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The report on the article's case. */
class ArticleReportTest {
    private static final Crowd.CrowdCounts TALK = new Crowd.CrowdCounts(100, 4_090, 4_000, 0, 0, 400, 3_900, 0, 0);
    private static final Crowd.CrowdCounts BACK = new Crowd.CrowdCounts(0, 320, 16_000, 0, 0, 160, 0, 0, 0);
    private static final Crowd.CrowdCounts END = new Crowd.CrowdCounts(100, 4_130, 4_000, 0, 0, 400, 19_900, 0, 0);

    private static ArticleOutcome outcome(long bytesAtSend, Crowd.CrowdCounts end, long bytesAtEnd) {
        return new ArticleOutcome(
                bytesAtSend,
                new ArticleOutcome.Snapshot(TALK, 3_900, 16_000, 39_208),
                BACK,
                new ArticleOutcome.Snapshot(end, 19_900, 0, bytesAtEnd));
    }

    @Test
    void expectedFiguresHaveNoFault() {
        ArticleOutcome good = outcome(470, END, 0);

        assertEquals(List.of(), good.faults());
        assertTrue(ArticleReport.of(good).endsWith("All figures are as expected.\n"));
    }

    @Test
    void figuresThatDifferAreNamed() {
        Crowd.CrowdCounts withOwnAck = new Crowd.CrowdCounts(100, 4_130, 4_000, 0, 0, 400, 19_900, 1, 1);

        ArticleOutcome bad = outcome(601, withOwnAck, 470);

        List<String> faults = List.of(
                "extra requests: 1 instead of 0",
                "receipt bytes at the end: 470 instead of 0",
                "receipt bytes of one message: 601 instead of at most 600");
        assertEquals(faults, bad.faults());
        faults.forEach(fault -> assertTrue(ArticleReport.of(bad).contains("FAILED: " + fault + "\n"), fault));
    }

    @Test
    void figuresOfNothingAreFaults() {
        ArticleOutcome.Snapshot nothing =
                new ArticleOutcome.Snapshot(new Crowd.CrowdCounts(0, 0, 0, 0, 0, 0, 0, 0, 0), 0, 0, 0);

        ArticleOutcome empty = new ArticleOutcome(0, nothing, nothing.online(), nothing);

        assertTrue(empty.faults().contains("messages sent: 0 instead of 100"), empty::toString);
        assertTrue(empty.faults().stream().anyMatch(fault -> fault.endsWith("so nothing was measured")));
    }

    @Test
    void tableFitsAPlainTerminal() {
        String table = ArticleReport.of(outcome(470, END, 0));

        assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(table));
        assertTrue(table.lines().allMatch(line -> line.length() <= 80), table);
    }
}
