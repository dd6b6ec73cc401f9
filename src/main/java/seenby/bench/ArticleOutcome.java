package seenby.bench;

import static seenby.bench.ArticleCase.BATCH;
import static seenby.bench.ArticleCase.MEMBERS;
import static seenby.bench.ArticleCase.MESSAGES;
import static seenby.bench.ArticleCase.ONLINE;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of the article's case.
 *
 * @param bytesAtSend of one message's receipts, nobody having read it
 * @param talk when those online had read all
 * @param back what those who came back did and saw
 * @param end when everyone had read all
 */
public record ArticleOutcome(long bytesAtSend, Stage talk, Crowd.Figures back, Stage end) {
    private static final int OFFLINE = MEMBERS - ONLINE;

    /** More for the receipts of one message, and their small integers are no longer what they should be. */
    private static final long MOST_BYTES_AT_SEND = 600;

    /**
     * A point of time.
     *
     * @param online what those online have done and seen so far
     * @param read receipts by the server's own counts, all messages together
     * @param unread the same of those still owed
     * @param bytes of all receipts in the store
     */
    public record Stage(Crowd.Figures online, long read, long unread, long bytes) {}

    /** What did not come out as it must, a line each. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        Crowd.Figures online = end.online();
        expect(faults, "messages sent", MESSAGES, online.sends());
        expect(faults, "deliveries to those online", MESSAGES * ONLINE, online.deliveries());
        expect(faults, "deliveries to those who came back", MESSAGES * OFFLINE, back.deliveries());
        expect(faults, "repeated deliveries", 0, online.repeats() + back.repeats());
        expect(faults, "garbled deliveries", 0, online.garbled() + back.garbled());
        expect(faults, "acks in polls of those online", MESSAGES / BATCH * ONLINE, online.acks());
        expect(faults, "acks in polls of those who came back", OFFLINE, back.acks());
        expect(faults, "polls of those who came back", 2 * OFFLINE, back.polls());
        expect(faults, "requests beyond polls and sends", 0, online.beyond() + back.beyond());
        expect(
                faults,
                "receipts seen, those online",
                MESSAGES * (ONLINE - 1),
                talk.online().receipts());
        expect(faults, "receipts seen, everyone", MESSAGES * (MEMBERS - 1), online.receipts());
        expect(faults, "receipts counted, those online", MESSAGES * (ONLINE - 1), talk.read());
        expect(faults, "receipts owed by those offline", MESSAGES * OFFLINE, talk.unread());
        expect(faults, "receipts counted, everyone", MESSAGES * (MEMBERS - 1), end.read());
        expect(faults, "receipts owed at the end", 0, end.unread());
        expect(faults, "receipt bytes at the end", 0, end.bytes());
        if (bytesAtSend <= 0 || bytesAtSend > MOST_BYTES_AT_SEND) {
            faults.add("receipt bytes of one message: " + bytesAtSend + ", not up to " + MOST_BYTES_AT_SEND);
        }
        return faults;
    }

    private static void expect(List<String> faults, String what, long due, long found) {
        if (found != due) {
            faults.add(what + ": " + found + ", not " + due);
        }
    }
}
