package seenby.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.RunningServer;
import seenby.support.Sweeps;

/** What was sent under a clock that was ahead is archived as if it was sent when that clock was set back. */
class ClockSetBackTest {
    private static final Duration YEAR = Duration.ofDays(365);

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer(Sweeps.RETENTION, "message.retention=3h");

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);

    private void sendInTheFuture(int messages) {
        SERVER.clock().move(YEAR);
        for (int i = 0; i < messages; i++) {
            ann.send(group, "from the future");
        }
        SERVER.clock().move(YEAR.negated());
    }

    private void awaitArchivedUpto(long id) {
        eventually("archived up to " + id, () -> Sweeps.archivedUpto(SERVER, group) == id);
    }

    private boolean archived(long id) {
        return ann.receipts(group, id).get("archived").asBoolean();
    }

    @Test
    void aServerThatStartsUnderTheRightClockArchivesThemAfterTheRetention() {
        sendInTheFuture(2);

        SERVER.restart();

        eventually("the start notices the clock", () -> Sweeps.number(SERVER, group, "set_back_upto") == 2);
        bob.ack(group, 1);
        Sweeps.expire(SERVER, group);
        assertFalse(archived(1), "they are not due before the retention is over");
        Sweeps.sweep(SERVER, group);
        assertTrue(archived(1));
        assertEquals(1, ann.receipts(group, 1).get("read").asLong());
        assertTrue(archived(2));
    }

    @Test
    void theNextMessageNoticesTheClock() {
        sendInTheFuture(2);
        ann.send(group, "now");

        Sweeps.sweep(SERVER, group);

        awaitArchivedUpto(3);
    }

    @Test
    void aMessageOfTheFutureBehindOneOfThePastIsNoObstacle() {
        ann.send(group, "past");
        sendInTheFuture(1);
        ann.send(group, "now");
        sendInTheFuture(1);
        ann.send(group, "now");

        Sweeps.sweep(SERVER, group);

        awaitArchivedUpto(5);
    }

    @Test
    void messagesLeaveRedisAfterTheirRetentionToo() {
        sendInTheFuture(2);
        ann.send(group, "now");
        SERVER.clock().move(Duration.ofHours(4));
        Sweeps.expire(SERVER, group);

        eventually("the messages are archived", () -> Sweeps.number(SERVER, group, "first_id") == 4);

        assertEquals(
                0,
                ann.get("/v1/groups/" + group + "/messages?after=0")
                        .json()
                        .get("messages")
                        .size());
    }
}
