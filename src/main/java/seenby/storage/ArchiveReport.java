package seenby.storage;

import java.util.List;

/** The outcome as tables, which compare each archive with the smallest. */
public final class ArchiveReport {
    private final Table table = new Table(33, 11);

    private ArchiveReport() {}

    public static String of(ArchiveOutcome outcome) {
        ArchiveReport report = new ArchiveReport();
        report.table
                .line(
                        "Milliseconds per GET .../receipts of archived messages, each archive in turn. The server's own writer")
                .line("wrote them straight into the archive, because sending so many messages takes too long.");
        report.timings("one, 5 members, archive alone", outcome.found());
        report.timings("one, 5 members, over HTTP", outcome.one());
        report.timings("100, 5 members, over HTTP", outcome.range());
        report.timings("one, 200 members, archive alone", outcome.foundLong());
        report.timings("one, 200 members, over HTTP", outcome.oneLong());
        report.timings("100, 200 members, over HTTP", outcome.rangeLong());
        report.table.line("");
        report.goal("5 members, archive alone", outcome.found());
        report.goal("5 members, over HTTP", outcome.one());
        report.goal("200 members, archive alone", outcome.foundLong());
        report.goal("200 members, over HTTP", outcome.oneLong());
        return report.table.toString();
    }

    private void timings(String what, List<ArchiveOutcome.Timing> timings) {
        table.head(what, "p50", "p99", "p50 ratio");
        for (ArchiveOutcome.Timing each : timings) {
            table.row(each.archive(), each.latencies().p50(), each.latencies().p99(), each.ratio(timings.get(0)));
        }
    }

    private void goal(String what, List<ArchiveOutcome.Timing> timings) {
        table.goal(
                "one of %s takes at most %.0f times as long as one of %s (%s, median)"
                        .formatted(
                                timings.get(2).archive(),
                                ArchiveOutcome.MOST,
                                timings.get(0).archive(),
                                what),
                ArchiveOutcome.holds(timings));
    }
}
