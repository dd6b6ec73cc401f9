package seenby.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import seenby.storage.MemoryOutcome.ReceiptBytes;

/** The report on the memory that receipts take. */
class MemoryReportTest {
    private static final ReceiptBytes NOTHING = new ReceiptBytes(0, 0);

    private static MemoryOutcome outcome(int members, ReceiptBytes atSend, ReceiptBytes allRead, ReceiptBytes swept) {
        MemoryCase.GroupSize size = new MemoryCase.GroupSize(members, 100, 10);
        MemoryCase.ArticleBytes article = new MemoryCase.ArticleBytes(32_835, 16_500, 0);
        MemoryOutcome.BeforeSweep before =
                new MemoryOutcome.BeforeSweep(size, article, atSend, new ReceiptBytes(27_200, 113_100), allRead);
        return new MemoryOutcome(List.of(new MemoryOutcome.GroupOutcome(before, swept, List.of("its:info"))));
    }

    @Test
    void goalIsMetBySmallUnreadSetsThatVanish() {
        MemoryOutcome good = outcome(200, new ReceiptBytes(60_000, 90_000), new ReceiptBytes(0, 168_200), NOTHING);

        assertTrue(good.holds());
        assertTrue(MemoryReport.of(good).contains("holds   199 recipients"));
    }

    @Test
    void goalIsMissedByLargerUnreadSetsAndByAnythingLeft() {
        ReceiptBytes atSend = new ReceiptBytes(60_000, 90_000);

        assertFalse(
                outcome(200, new ReceiptBytes(60_100, 90_000), NOTHING, NOTHING).holds());
        assertFalse(outcome(200, NOTHING, NOTHING, NOTHING).holds(), "no receipts were kept");
        assertFalse(outcome(200, atSend, new ReceiptBytes(1, 1), NOTHING).holds());
        MemoryOutcome left = outcome(200, atSend, NOTHING, new ReceiptBytes(0, 1));
        assertFalse(left.holds());
        assertTrue(MemoryReport.of(left).contains("MISSED  199 recipients"));
    }

    @Test
    void nothingMeasuredMeetsNoGoal() {
        assertFalse(new MemoryOutcome(List.of()).holds());
    }

    @Test
    void largerGroupsMayTakeMore() {
        assertTrue(outcome(10_000, new ReceiptBytes(2_500_000, 2_600_000), NOTHING, NOTHING)
                .holds());
    }

    @Test
    void figuresArePerMessageAndNextToTheRows() {
        String report =
                MemoryReport.of(outcome(200, new ReceiptBytes(60_000, 90_000), new ReceiptBytes(0, 168_200), NOTHING));

        List<String> rows = report.lines()
                .filter(line -> line.matches("(when sent|half|all have|after).*"))
                .map(line -> line.replaceAll("\\s+", " "))
                .toList();
        assertEquals(
                List.of(
                        "when sent 199 32,835 600 900",
                        "half have read 100 16,500 272 1,131",
                        "all have read 0 0 0 1,682",
                        "after the sweep 0 0 0 0"),
                rows);
        assertTrue(report.contains("  its:info\n"));
        assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(report));
    }
}
