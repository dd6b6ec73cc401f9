package seenby.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.RunningServer;

/** The article's case over HTTP: a group of 200, 40 of them online, 100 messages; then the other 160 return. */
class ArticleCaseIT {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private static ArticleOutcome outcome;

    @BeforeAll
    static void play() throws InterruptedException {
        URI server = URI.create("http://127.0.0.1:" + SERVER.port());
        outcome = ArticleCase.play(server, SERVER.admin().token(), SERVER::receiptBytes);
    }

    @Test
    void everyMessageReachesEveryOnlineMemberOnceAndUnchanged() {
        Crowd.CrowdCounts online = outcome.talk().online();

        assertEquals(100, online.sends());
        assertEquals(100 * 40, online.deliveries());
        assertEquals(0, online.repeats());
        assertEquals(0, online.garbled());
    }

    @Test
    void acksTravelInPollsForTenMessagesEach() {
        assertEquals(4 * 100, outcome.talk().online().acks());
        assertEquals(0, outcome.talk().online().ackRequests());
    }

    @Test
    void sendersLearnOfEveryOnlineReaderFromTheirPolls() {
        assertEquals(100 * 39, outcome.talk().online().receipts());
        assertEquals(100 * 39, outcome.talk().read());
        assertEquals(100 * 160, outcome.talk().unread());
    }

    @Test
    void membersOnlyPollAndSend() {
        assertEquals(0, outcome.end().online().beyond());
        assertEquals(0, outcome.back().beyond());
    }

    /** Empty polls are only the first, those after the last message and the one that is still open. */
    @Test
    void deliveryCostsOnePollAndFewPollsEndEmpty() {
        long polls = outcome.talk().online().polls();

        assertTrue(polls <= 100 * 40 + 5 * 40, "polls: " + polls);
    }

    @Test
    void memberWhoComesBackFetchesAllWithOnePollAndAcksWithTheNext() {
        Crowd.CrowdCounts back = outcome.back();

        assertEquals(100 * 160, back.deliveries());
        assertEquals(0, back.repeats());
        assertEquals(0, back.garbled());
        assertEquals(2 * 160, back.polls());
        assertEquals(160, back.acks());
    }

    @Test
    void sendersKnowAtTheEndThatAllHaveRead() {
        assertEquals(100 * 199, outcome.end().online().receipts());
        assertEquals(100 * 199, outcome.end().read());
        assertEquals(0, outcome.end().unread());
    }

    @Test
    void receiptsTakeFewBytesAndNoneOnceRead() {
        assertTrue(outcome.bytesAtSend() > 0 && outcome.bytesAtSend() <= 600, "at send: " + outcome.bytesAtSend());
        assertTrue(
                outcome.talk().bytes() < 100 * outcome.bytesAtSend(),
                "as read: " + outcome.talk().bytes());
        assertEquals(0, outcome.end().bytes());
        assertEquals(List.of(), List.copyOf(SERVER.redis().client().keys("sb:{article}:unread:*")));
    }

    @Test
    void allFiguresAreAsExpected() {
        assertEquals(List.of(), outcome.faults());
    }
}
