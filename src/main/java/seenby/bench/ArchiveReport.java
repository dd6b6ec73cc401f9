package seenby.bench;

import java.util.List;

/** The outcome as tables: each archive beside the smallest of its kind. */
public final class ArchiveReport {
    private final Table table = new Table(33, 11);

    private ArchiveReport() {}

    public static String of(ArchiveOutcome outcome) {
        ArchiveReport report = new ArchiveReport();
        report.table
                .line(
                        "GET .../receipts of archived messages over HTTP, asked in turns, in milliseconds. Their lines were")
                .line(
                        "written straight into the archive, by the server's own writer: sending them takes too long here.");
        report.answers("one, 5 members, archive alone", outcome.found());
        report.answers("one, 5 members, over HTTP", outcome.one());
        report.answers("100, 5 members, over HTTP", outcome.range());
        report.answers("one, 200 members, archive alone", outcome.foundLong());
        report.answers("one, 200 members, over HTTP", outcome.oneLong());
        report.answers("100, 200 members, over HTTP", outcome.rangeLong());
        report.table.line("");
        report.goal("5 members, archive alone", outcome.found());
        report.goal("5 members, over HTTP", outcome.one());
        report.goal("200 members, archive alone", outcome.foundLong());
        report.goal("200 members, over HTTP", outcome.oneLong());
        return report.table.toString();
    }

    private void answers(String what, List<ArchiveOutcome.Answers> answers) {
        table.head(what, "p50", "p99", "p50 ratio");
        for (ArchiveOutcome.Answers each : answers) {
            table.row(each.archive(), each.latencies().p50(), each.latencies().p99(), each.ratio(answers.get(0)));
        }
    }

    private void goal(String what, List<ArchiveOutcome.Answers> answers) {
        table.goal(
                "one among %s costs at most %.0f times of one among %s, %s, median"
                        .formatted(
                                answers.get(2).archive(),
                                ArchiveOutcome.MOST,
                                answers.get(0).archive(),
                                what),
                ArchiveOutcome.holds(answers));
    }
}
