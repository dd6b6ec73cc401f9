package seenby.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.ReceiptLists;
import seenby.support.RunningServer;

/** The recipients of a message are fixed at the send; later they can only become fewer. */
class RecipientsTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient cem = SERVER.user("cem");
    private final String group = SERVER.group(ann, bob);

    @Test
    void aNewMemberIsNoRecipientOfEarlierMessages() {
        ann.send(group, "before");
        join(cem);
        ann.send(group, "after");

        assertEquals(ReceiptLists.of(List.of(), List.of(bob)), ReceiptLists.by(ann, group, 1));
        assertEquals(ReceiptLists.of(List.of(), List.of(bob, cem)), ReceiptLists.by(ann, group, 2));
    }

    @Test
    void aNewMemberStartsAtTheLastMessageAndIsNoReaderOfEarlierOnes() {
        ann.send(group, "before");
        join(cem);
        ann.send(group, "after");

        assertEquals(1, cem.get("/v1/groups/" + group).json().get("unread").asLong());
        assertEquals(1, cem.ack(group, 2).get("acked").asLong());
        cem.post("/v1/groups/" + group + "/messages/1/ack").expect(200);

        assertEquals(ReceiptLists.of(List.of(), List.of(bob)), ReceiptLists.by(ann, group, 1));
        assertEquals(ReceiptLists.of(List.of(cem), List.of(bob)), ReceiptLists.by(ann, group, 2));
    }

    @Test
    void aMemberWhoLeavesIsNoLongerARecipientOfUnreadMessages() {
        join(cem);
        ann.send(group, "one");
        leave(cem);

        assertEquals(ReceiptLists.of(List.of(), List.of(bob)), ReceiptLists.by(ann, group, 1));
        assertEquals(1, ann.receipts(group, 1).get("recipients").asLong());
        assertEquals(1, rangeCount(1).get("recipients").asLong());
    }

    @Test
    void aMemberWhoLeavesStaysAReaderOfReadMessages() {
        join(cem);
        ann.send(group, "one");
        ann.send(group, "two");
        cem.ack(group, 1);
        String readAt = ReceiptLists.readAt(ann, group, 1, cem);
        leave(cem);

        assertEquals(ReceiptLists.of(List.of(cem), List.of(bob)), ReceiptLists.by(ann, group, 1));
        assertEquals(readAt, ReceiptLists.readAt(ann, group, 1, cem));
        assertEquals(ReceiptLists.of(List.of(), List.of(bob)), ReceiptLists.by(ann, group, 2));
        assertEquals(2, rangeCount(1).get("recipients").asLong());
    }

    @Test
    void aMemberWhoRejoinsIsARecipientOfLaterMessagesOnly() {
        join(cem);
        ann.send(group, "read");
        ann.send(group, "left unread");
        cem.ack(group, 1);
        leave(cem);
        ann.send(group, "missed");
        join(cem);
        ann.send(group, "owed");

        cem.ack(group, 4);

        assertEquals(ReceiptLists.of(List.of(cem), List.of(bob)), ReceiptLists.by(ann, group, 1));
        assertEquals(ReceiptLists.of(List.of(), List.of(bob)), ReceiptLists.by(ann, group, 2));
        assertEquals(ReceiptLists.of(List.of(), List.of(bob)), ReceiptLists.by(ann, group, 3));
        assertEquals(ReceiptLists.of(List.of(cem), List.of(bob)), ReceiptLists.by(ann, group, 4));
    }

    @Test
    void aSenderIsNeverARecipientOfItsOwnMessage() {
        bob.send(group, "mine");
        leave(bob);
        join(bob);

        assertEquals(ReceiptLists.of(List.of(), List.of(ann)), ReceiptLists.by(bob, group, 1));
    }

    @Test
    void whenTheLastUnreadMemberLeavesTheMessageIsReadByAll() {
        join(cem);
        ann.send(group, "one");
        bob.ack(group, 1);
        leave(cem);

        assertEquals(ReceiptLists.of(List.of(bob), List.of()), ReceiptLists.by(ann, group, 1));
    }

    @Test
    void aSendAnswersTheNumberOfRecipients() {
        Map<String, String> draft = Map.of("text", "hello");
        String path = "/v1/groups/" + group + "/messages";

        assertEquals(1, ann.post(path, draft).json().get("recipients").asLong());
        join(cem);
        assertEquals(2, ann.post(path, draft).json().get("recipients").asLong());
        leave(cem);
        leave(bob);
        assertEquals(0, ann.post(path, draft).json().get("recipients").asLong());
        assertEquals(ReceiptLists.of(List.of(), List.of()), ReceiptLists.by(ann, group, 3));
    }

    private void join(ApiClient user) {
        ann.put("/v1/groups/" + group + "/members/" + user.id()).expect(201);
    }

    private void leave(ApiClient user) {
        user.delete("/v1/groups/" + group + "/members/" + user.id()).expect(204);
    }

    private JsonNode rangeCount(long id) {
        return ann.get("/v1/groups/" + group + "/receipts?from=" + id + "&to=" + id)
                .expect(200)
                .json()
                .get("receipts")
                .get(0);
    }
}
