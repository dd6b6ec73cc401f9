package seenby.storage;

/** The outcome as tables, next to the article's rows. */
public final class MemoryReport {
    private final Table table = new Table(20, 15);

    private MemoryReport() {}

    public static String of(MemoryOutcome outcome) {
        MemoryReport report = new MemoryReport();
        report.table.line("Bytes per message that receipts take in Redis, by MEMORY USAGE.");
        outcome.groups().forEach(report::group);
        report.keys(outcome);
        report.table.line("");
        outcome.goals().forEach(goal -> report.table.goal(goal.text(), goal.holds()));
        return report.table.toString();
    }

    private void group(MemoryOutcome.GroupOutcome group) {
        MemoryOutcome.BeforeSweep before = group.before();
        MemoryCase.GroupSize size = group.size();
        table.head(
                Table.text(size.members()) + " members",
                "article: rows",
                "article: bytes",
                "unread sets",
                "receipt data");
        int half = size.recipients() - size.recipients() / 2;
        row("when sent", size, size.recipients(), before.article().atSend(), before.atSend());
        row("half have read", size, half, before.article().halfRead(), before.halfRead());
        row("all have read", size, 0, before.article().allRead(), before.allRead());
        row("after the sweep", size, 0, 0, group.swept());
    }

    private void row(String what, MemoryCase.GroupSize size, int rows, long bytes, MemoryOutcome.ReceiptBytes ours) {
        table.row(what, rows, bytes, ours.unread() / size.messages(), ours.receipts() / size.messages());
    }

    private void keys(MemoryOutcome outcome) {
        table.line("").line("Keys of the group of " + smallest(outcome) + " after the sweep:");
        outcome.groups().get(0).keys().forEach(key -> table.line("  " + key));
        table.line("")
                .line(
                        "article: msg_acks(sender_uid, msgid, recv_uid, gid, if_ack), one hash per row, without an index;")
                .line("  rows that were read are deleted. In PostgreSQL 199 rows take 21,114 bytes, 106 per row.")
                .line("unread sets: who has not read a message.")
                .line(
                        "receipt data: the unread sets, the sender and time of each message, the read times, and what polls")
                .line("  report as reads. It was " + acks(outcome) + ".");
    }

    private static String smallest(MemoryOutcome outcome) {
        return Table.text(outcome.groups().get(0).size().members());
    }

    private static String acks(MemoryOutcome outcome) {
        return outcome.groups().stream()
                .map(MemoryOutcome.GroupOutcome::size)
                .map(size -> size.messages() + " messages in acks of " + size.batch())
                .distinct()
                .reduce((one, other) -> one + ", or " + other)
                .orElse("none");
    }
}
