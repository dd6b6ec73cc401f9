package seenby.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.ReceiptLists;
import seenby.support.RunningServer;
import seenby.support.Sweeps;

/** If Redis loses who has not read a message, the cursors decide: nobody has read it only because a key is missing. */
class LostUnreadSetsTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer(Sweeps.RETENTION, "receipts.coalesce=0s");

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient cem = SERVER.user("cem");
    private final String group = SERVER.group(ann, bob, cem);
    private final String path = "/v1/groups/" + group;

    private String key(long id) {
        return Sweeps.key(group, "unread:" + id);
    }

    private void lose(long id) {
        assertEquals(1, SERVER.redis().client().del(key(id)));
    }

    private void sendAndLose() {
        ann.send(group, "one");
        lose(1);
    }

    private ReceiptLists lists(long id) {
        return ReceiptLists.by(ann, group, id);
    }

    private JsonNode counts(String query) {
        return ann.get(path + "/messages/1/receipts?list=none" + query).json();
    }

    @Test
    void theReceiptsOfAMessageAreTrue() {
        sendAndLose();

        assertEquals(ReceiptLists.of(List.of(), List.of(bob, cem)), lists(1));
    }

    @Test
    void theCountsOfAMessageAreTrue() {
        sendAndLose();

        assertEquals(2, counts("").get("unread").asLong());
    }

    @Test
    void theCountsOfARangeAndOfTheHistoryAreTrue() {
        sendAndLose();
        ann.send(group, "two");
        bob.ack(group, 2);
        lose(2);

        JsonNode range = ann.get(path + "/receipts").json().get("receipts");

        assertEquals(List.of("1", "1"), ApiClient.each(range, "unread"));
        lose(1);
        JsonNode history = ann.get(path + "/messages?after=0").json().get("messages");
        assertEquals(List.of("1", "1"), ApiClient.each(history, "unread"));
    }

    @Test
    void aWaitDoesNotEndByItself() {
        sendAndLose();

        assertEquals(2, counts("&wait=1").get("unread").asLong());
    }

    @Test
    void aWaitThatIsOpenEndsWhenAllHaveRead() {
        ann.send(group, "one");
        var wait =
                ann.later("GET", path + "/messages/1/receipts?wait=55", HttpRequest.BodyPublishers.noBody(), Map.of());
        lose(1);
        bob.ack(group, 1);
        assertEquals(1, counts("").get("unread").asLong());
        cem.post(path + "/messages/1/ack").expect(200);

        assertEquals(0, wait.join().expect(200).json().get("unread").asLong());
    }

    @Test
    void anAckIsReportedAndStored() {
        String since = ann.poll("").get("next").asText();
        sendAndLose();

        bob.ack(group, 1);

        assertEquals(List.of(bob.id()), ApiClient.each(ann.poll(since).get("reads"), "reader"));
        assertEquals(ReceiptLists.of(List.of(bob), List.of(cem)), lists(1));
    }

    @Test
    void anAckOfTheMessageAloneIsReportedAndStored() {
        String since = ann.poll("").get("next").asText();
        sendAndLose();

        bob.post(path + "/messages/1/ack").expect(200);
        bob.post(path + "/messages/1/ack").expect(200);

        assertEquals(List.of(bob.id()), ApiClient.each(ann.poll(since).get("reads"), "reader"));
        assertEquals(ReceiptLists.of(List.of(bob), List.of(cem)), lists(1));
    }

    @Test
    void readersStayReaders() {
        ann.send(group, "one");
        bob.post(path + "/messages/1/ack").expect(200);
        lose(1);

        bob.ack(group, 1);

        assertEquals(ReceiptLists.of(List.of(bob), List.of(cem)), lists(1));
    }

    @Test
    void whoLeavesOrOptsOutOwesNothingAnyMore() {
        sendAndLose();
        ApiClient dan = SERVER.user("dan");
        ann.put(path + "/members/" + dan.id()).expect(201);

        bob.delete(path + "/members/" + bob.id()).expect(204);
        assertEquals(ReceiptLists.of(List.of(), List.of(cem)), lists(1));
        lose(1);
        cem.patch("/v1/me", Map.of("send_read_receipts", false)).expect(200);

        assertEquals(ReceiptLists.of(List.of(), List.of()), lists(1));
        assertEquals(0, counts("").get("recipients").asLong());
    }

    @Test
    void theArchiveSaysWhoHasNotReadIt() {
        ann.send(group, "one");
        bob.ack(group, 1);
        lose(1);
        ann.send(group, "two");
        cem.post(path + "/messages/2/ack").expect(200);
        lose(2);

        Sweeps.sweep(SERVER, group);

        assertTrue(ann.receipts(group, 1).get("archived").asBoolean());
        assertEquals(ReceiptLists.of(List.of(bob), List.of(cem)), lists(1));
        assertEquals(ReceiptLists.of(List.of(cem), List.of(bob)), lists(2));
    }

    @Test
    void aNudgeReachesWhoHasNotReadIt() {
        ann.send(group, "one");
        bob.ack(group, 1);
        lose(1);
        String since = cem.poll("").get("next").asText();

        ann.post(path + "/messages/1/nudge").expect(200);

        assertEquals(List.of("1"), ApiClient.each(cem.poll(since).get("nudges"), "id"));
        assertEquals(0, bob.poll("").get("nudges").size());
    }

    /** By each way in which a set becomes empty. */
    @Test
    void anEmptySetIsNoLostOne() {
        ApiClient dan = SERVER.user("dan");
        bob.send(group, "by one who does not read the next");
        ann.send(group, "acked alone, left unread, and by cursor");
        ann.put(path + "/members/" + dan.id()).expect(201);
        bob.post(path + "/messages/2/ack").expect(200);
        cem.ack(group, 2);
        bob.send(group, "left and turned off");
        ann.ack(group, 3);
        cem.patch("/v1/me", Map.of("send_read_receipts", false)).expect(200);
        cem.patch("/v1/me", Map.of("send_read_receipts", true)).expect(200);
        ann.delete(path + "/members/" + dan.id()).expect(204);
        ann.put(path + "/members/" + dan.id()).expect(201);

        assertEquals(ReceiptLists.of(List.of(bob, cem), List.of()), lists(2));
        assertEquals(ReceiptLists.of(List.of(ann), List.of()), ReceiptLists.by(bob, group, 3));
        for (long id = 2; id <= 3; id++) {
            assertFalse(SERVER.redis().client().exists(key(id)));
        }
    }
}
