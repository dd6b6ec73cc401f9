package seenby.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import seenby.load.Latencies;
import seenby.storage.SweepCase.SlowCall;

/** The report on how much a sweep slows down people who send. */
class SweepReportTest {
    private static final SlowCall SHORT = new SlowCall("archive_take.lua", Duration.ofMillis(4));
    private static final SlowCall LONG = new SlowCall("archive_commit.lua", Duration.ofMillis(5));
    private static final SlowCall INTERRUPTED = new SlowCall("HGET", Duration.ofMillis(9));
    private static final SlowCall OF_A_SENDER = new SlowCall("message_send.lua", Duration.ofMillis(9));

    private static SweepOutcome outcome(double during, double after, SlowCall... slow) {
        return new SweepOutcome(
                List.of(new SweepOutcome.SweepCost(
                        new SweepCase.Backlog("one-group", 1, 200, 5_050),
                        Duration.ofSeconds(10),
                        p99(10),
                        p99(during),
                        p99(after),
                        List.of(slow))),
                1 << 20);
    }

    private static Latencies p99(double millis) {
        return new Latencies(100, 1, millis, millis);
    }

    @Test
    void goalIsMetAtTwiceTheTime() {
        SweepOutcome good = outcome(20, 10, SHORT, OF_A_SENDER);

        assertTrue(good.holds());
        String report = SweepReport.of(good);
        assertTrue(
                report.contains("holds   one-group: p99 during the sweep is at most 2 times p99 before: 2.00\n"),
                report);
        assertFalse(report.contains("MISSED"), report);
        assertTrue(report.contains("swept in 10.0 s, 100,495 receipts per second"), report);
    }

    @Test
    void goalIsMissedAboveTwiceTheTime() {
        assertFalse(outcome(20.1, 10).holds());
        assertTrue(SweepReport.of(outcome(20.1, 10)).contains("MISSED  one-group: p99"));
    }

    @Test
    void runOnABusyMachineDecidesNothing() {
        for (double after : List.of(4.9, 20.1)) {
            assertFalse(outcome(10, after).holds());
            assertTrue(SweepReport.of(outcome(10, after)).contains("UNSURE  one-group: p99"));
        }
    }

    @Test
    void goalIsMissedIfAScriptOfTheSweepBlocksRedis() {
        assertFalse(outcome(10, 10, LONG).holds());
        assertTrue(SweepReport.of(outcome(10, 10, LONG)).contains("MISSED  one-group: no script"));
    }

    @Test
    void runWithAnInterruptedRedisDecidesNothing() {
        assertFalse(outcome(10, 10, LONG, INTERRUPTED).holds());
        assertTrue(SweepReport.of(outcome(10, 10, LONG, INTERRUPTED)).contains("UNSURE  one-group: no script"));
        assertTrue(outcome(10, 10, SHORT, INTERRUPTED).holds(), "no script of the sweep took long");
    }

    @Test
    void nothingMeasuredMeetsNoGoal() {
        assertFalse(new SweepOutcome(List.of(), 0).holds());
    }

    @Test
    void goalIsMissedIfTheSweepUsesMoreHeap() {
        SweepOutcome large = new SweepOutcome(List.of(), SweepOutcome.MOST_HEAP + 1);

        assertFalse(large.holds());
        assertEquals(
                1,
                SweepReport.of(large)
                        .lines()
                        .filter(line -> line.startsWith("MISSED"))
                        .count());
    }
}
