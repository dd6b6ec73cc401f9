package seenby.storage;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import seenby.load.Latencies;

/** The outcome as tables, which compare sends during a sweep with those before and after. */
public final class SweepReport {
    private static final double MILLI = Duration.ofMillis(1).toNanos();
    private static final double MEBI = 1 << 20;

    private final Table table = new Table(30, 12);

    private SweepReport() {}

    public static String of(SweepOutcome outcome) {
        SweepReport report = new SweepReport();
        report.table.line(
                "Sends at a steady rate in one group while others are swept, in milliseconds from the planned start of");
        report.table.line("each. Client and server share the machine, so only the ratios mean anything.");
        outcome.sweeps().forEach(report::sweep);
        report.table
                .line("")
                .line("Most heap that the sweep of a similar backlog used: %.1f MiB".formatted(outcome.heap() / MEBI))
                .line("");
        outcome.sweeps().forEach(report::goals);
        report.table.goal("a sweep uses at most 8 MiB of heap", outcome.heap() <= SweepOutcome.MOST_HEAP);
        return report.table.toString();
    }

    private void sweep(SweepOutcome.SweepCost sweep) {
        SweepCase.Backlog backlog = sweep.backlog();
        double seconds = sweep.took().toMillis() / 1000.0;
        table.line("")
                .line("%,d due receipts: %,d messages in each of %,d groups of %,d"
                        .formatted(backlog.receipts(), backlog.messages(), backlog.groups(), backlog.members()))
                .line("swept in %.1f s, %,.0f receipts per second".formatted(seconds, backlog.receipts() / seconds));
        table.head("sends", "count", "p50", "p99", "longest");
        latencies("before", sweep.before());
        latencies("during", sweep.during());
        latencies("after", sweep.after());
        slowCalls(sweep);
    }

    private void latencies(String when, Latencies of) {
        table.row(when, of.count(), of.p50(), of.p99(), of.longest());
    }

    private void slowCalls(SweepOutcome.SweepCost sweep) {
        Map<String, List<SweepCase.SlowCall>> byName = sweep.slowCalls().stream()
                .collect(Collectors.groupingBy(SweepCase.SlowCall::name, TreeMap::new, Collectors.toList()));
        table.head("SLOWLOG during the sweep", "over 1 ms", "5 ms", "longest");
        byName.forEach((name, calls) -> table.row(
                (calls.get(0).isOfTheSweep() ? "* " : "  ") + name,
                calls.size(),
                calls.stream().filter(SweepCase.SlowCall::isTooLong).count(),
                calls.stream().mapToLong(call -> call.took().toNanos()).max().orElse(0) / MILLI));
        table.line("* part of the sweep. A call takes longer if the machine interrupts Redis.");
    }

    private void goals(SweepOutcome.SweepCost sweep) {
        String name = sweep.backlog().name();
        String quiet = "%s: p99 during the sweep is at most %.0f times p99 before: %.2f"
                .formatted(name, SweepOutcome.MOST_RATIO, sweep.ratio());
        String brief = name + ": no script of the sweep blocks Redis for 5 ms";
        if (sweep.isSteady()) {
            table.goal(quiet, sweep.isQuiet());
        } else {
            table.unsure(quiet, "p99 before and after differ too much");
        }
        if (sweep.isShort() || !sweep.isDisturbed()) {
            table.goal(brief, sweep.isShort());
        } else {
            table.unsure(brief, "trivial commands took as long");
        }
    }
}
