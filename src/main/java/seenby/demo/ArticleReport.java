package seenby.demo;

import static seenby.demo.ArticleCase.BATCH;
import static seenby.demo.ArticleCase.MEMBERS;
import static seenby.demo.ArticleCase.MESSAGES;
import static seenby.demo.ArticleCase.ONLINE;

import java.util.List;
import java.util.Locale;

/**
 * The outcome as a table next to the article's figures: plain, and with the article's savings, which are one ack for
 * ten messages, one pull of receipts per message, and the deletion of rows that were read.
 */
public final class ArticleReport {
    private static final int OFFLINE = MEMBERS - ONLINE;

    private final StringBuilder text = new StringBuilder();

    private ArticleReport() {}

    public static String of(ArticleOutcome outcome) {
        ArticleReport report = new ArticleReport();
        report.talk(outcome);
        report.back(outcome);
        report.store(outcome);
        report.verdict(outcome.faults());
        return report.text.toString();
    }

    private void talk(ArticleOutcome outcome) {
        Crowd.CrowdCounts ours = outcome.talk().online();
        int told = MESSAGES * ONLINE;
        int batched = told / BATCH;
        head(MEMBERS + " members, " + ONLINE + " online, " + MESSAGES + " messages");
        row("messages sent", MESSAGES, MESSAGES, ours.sends());
        row("deliveries to online members", told, told, ours.deliveries());
        row("acks", told, batched, ours.acks());
        row("  as separate requests", told, batched, ours.ackRequests());
        row("receipts that reach senders *", told, told, ours.receipts());
        row("  as separate pushes or pulls", told, MESSAGES, ours.beyond() - ours.ackRequests());
        row("extra requests", 2L * told, batched + MESSAGES, ours.beyond());
        row("  per message", 2 * ONLINE, batched / MESSAGES + 1, ours.beyond() / MESSAGES);
        line("  polls, which carry all this", "-", "-", number(ours.polls()));
    }

    private void back(ArticleOutcome outcome) {
        Crowd.CrowdCounts ours = outcome.back();
        int unread = MESSAGES * OFFLINE;
        head("the other " + OFFLINE + " come back");
        row("unread messages pulled", unread, unread, ours.deliveries());
        row("  pulls", OFFLINE, OFFLINE, ours.polls() - ours.acks());
        row("acks as separate requests", OFFLINE, OFFLINE, ours.ackRequests());
        row("  inside the next poll", 0, 0, ours.acks());
        int all = MESSAGES * (MEMBERS - 1);
        row("receipts known to senders", all, all, outcome.end().online().receipts());
    }

    private void store(ArticleOutcome outcome) {
        head("receipts stored per message");
        store("nobody has read it", MEMBERS - 1, outcome.bytesAtSend());
        store("the online members have read it", OFFLINE, outcome.talk().bytes() / MESSAGES);
        store("everyone has read it", 0, outcome.end().bytes() / MESSAGES);
    }

    private void store(String what, int rows, long bytes) {
        line(what, MEMBERS - 1 + " rows", rows + " rows", number(bytes) + " B");
    }

    private void verdict(List<String> faults) {
        text.append("\n* the article counts the sender as one of the " + ONLINE + "\n");
        faults.forEach(fault -> text.append("FAILED: ").append(fault).append('\n'));
        if (faults.isEmpty()) {
            text.append("All figures are as expected.\n");
        }
    }

    private void head(String what) {
        text.append('\n');
        line(what, "plain", "with savings", "Seenby");
        text.append("-".repeat(77)).append('\n');
    }

    private void row(String what, long plain, long saving, long ours) {
        line(what, number(plain), number(saving), number(ours));
    }

    private void line(String what, String plain, String saving, String ours) {
        text.append("%-38s%13s%14s%12s\n".formatted(what, plain, saving, ours));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
