package seenby.bench;

/** The outcome as tables, beside the article's rows. */
public final class MemoryReport {
    private final Table table = new Table(20, 15);

    private MemoryReport() {}

    public static String of(MemoryOutcome outcome) {
        MemoryReport report = new MemoryReport();
        report.table.line("Bytes of receipts a message in Redis, by its own MEMORY USAGE.");
        outcome.groups().forEach(report::group);
        report.keys(outcome);
        report.table.line("");
        outcome.goals().forEach(goal -> report.table.goal(goal.text(), goal.holds()));
        return report.table.toString();
    }

    private void group(MemoryOutcome.Group group) {
        MemoryOutcome.Read read = group.read();
        MemoryCase.Size size = group.size();
        table.head(
                Table.text(size.members()) + " members", "article: rows", "their bytes", "unread sets", "all we keep");
        int half = size.recipients() - size.recipients() / 2;
        row("at send", size, size.recipients(), read.article().atSend(), read.atSend());
        row("half have read", size, half, read.article().halfRead(), read.halfRead());
        row("all have read", size, 0, read.article().allRead(), read.allRead());
        row("after the sweep", size, 0, 0, group.swept());
    }

    private void row(String what, MemoryCase.Size size, int rows, long bytes, MemoryOutcome.Stage ours) {
        table.row(what, rows, bytes, ours.unread() / size.messages(), ours.receipts() / size.messages());
    }

    private void keys(MemoryOutcome outcome) {
        table.line("").line("Keys of the group of " + smallest(outcome) + " after the sweep:");
        outcome.groups().get(0).keys().forEach(key -> table.line("  " + key));
        table.line("")
                .line("article: msg_acks(sender_uid, msgid, recv_uid, gid, if_ack), a hash a row, without any index;")
                .line("  what is read is deleted. In PostgreSQL 199 rows take 21,114 bytes, 106 a row.")
                .line("unread sets: who has not read a message; the state of its receipts.")
                .line("all we keep: with them who sent it when, when each has read, and what polls tell of reads;")
                .line("  over " + acks(outcome) + ".");
    }

    private static String smallest(MemoryOutcome outcome) {
        return Table.text(outcome.groups().get(0).size().members());
    }

    private static String acks(MemoryOutcome outcome) {
        return outcome.groups().stream()
                .map(MemoryOutcome.Group::size)
                .map(size -> size.messages() + " messages in acks of " + size.batch())
                .distinct()
                .reduce((one, other) -> one + ", or " + other)
                .orElse("none");
    }
}
