package seenby.demo;

import static seenby.demo.ArticleCase.BATCH;
import static seenby.demo.ArticleCase.MEMBERS;
import static seenby.demo.ArticleCase.MESSAGES;
import static seenby.demo.ArticleCase.ONLINE;

import java.util.ArrayList;
import java.util.List;

/**
 * The result of the article's case.
 *
 * @param bytesAtSend the size of one message's receipts before anyone has read it
 * @param talk the state when the online members have read everything
 * @param back what the members did who came back later
 * @param end the state when everyone has read everything
 */
public record ArticleOutcome(long bytesAtSend, Snapshot talk, Crowd.CrowdCounts back, Snapshot end) {
    private static final int OFFLINE = MEMBERS - ONLINE;

    /** With more, Redis no longer stores the receipts of a message as small integers. */
    private static final long MOST_BYTES_AT_SEND = 600;

    /**
     * The state at one moment.
     *
     * @param online what the online members have done so far
     * @param read how often messages were read, as the server counts it
     * @param unread how often messages were not read yet, as the server counts it
     * @param bytes the size of all receipts in Redis
     */
    public record Snapshot(Crowd.CrowdCounts online, long read, long unread, long bytes) {}

    /** Every figure that is not as expected, one line each. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        Crowd.CrowdCounts online = end.online();
        expect(faults, "messages sent", MESSAGES, online.sends());
        expect(faults, "deliveries to online members", MESSAGES * ONLINE, online.deliveries());
        expect(faults, "deliveries to members who came back", MESSAGES * OFFLINE, back.deliveries());
        expect(faults, "repeated deliveries", 0, online.repeats() + back.repeats());
        expect(faults, "garbled deliveries", 0, online.garbled() + back.garbled());
        expect(faults, "acks in polls of online members", MESSAGES / BATCH * ONLINE, online.acks());
        expect(faults, "acks in polls of members who came back", OFFLINE, back.acks());
        expect(faults, "polls of members who came back", 2 * OFFLINE, back.polls());
        expect(faults, "extra requests", 0, online.beyond() + back.beyond());
        expect(
                faults,
                "receipts from online members that reached senders",
                MESSAGES * (ONLINE - 1),
                talk.online().receipts());
        expect(faults, "receipts from everyone that reached senders", MESSAGES * (MEMBERS - 1), online.receipts());
        expect(faults, "messages read by online members", MESSAGES * (ONLINE - 1), talk.read());
        expect(faults, "messages not read by offline members", MESSAGES * OFFLINE, talk.unread());
        expect(faults, "messages read by everyone", MESSAGES * (MEMBERS - 1), end.read());
        expect(faults, "messages not read at the end", 0, end.unread());
        expect(faults, "receipt bytes at the end", 0, end.bytes());
        if (talk.bytes() <= 0) {
            faults.add(
                    "receipt bytes when the online members have read: " + talk.bytes() + ", so nothing was measured");
        }
        if (bytesAtSend <= 0 || bytesAtSend > MOST_BYTES_AT_SEND) {
            faults.add("receipt bytes of one message: " + bytesAtSend + " instead of at most " + MOST_BYTES_AT_SEND);
        }
        return faults;
    }

    private static void expect(List<String> faults, String what, long expected, long found) {
        if (found != expected) {
            faults.add(what + ": " + found + " instead of " + expected);
        }
    }
}
