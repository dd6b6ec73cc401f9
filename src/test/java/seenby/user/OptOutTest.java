package seenby.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.ReceiptLists;
import seenby.support.RunningServer;

/** For receipts, a user who opts out counts as a member who has left. */
class OptOutTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared("receipts.coalesce=0s");

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient cem = SERVER.user("cem");
    private final String group = SERVER.group(ann, bob, cem);
    private final String path = "/v1/groups/" + group;

    @Test
    void earlierReadsStayKnownAndUnreadMessagesNoLongerCountTheUser() {
        ann.send(group, "read");
        ann.send(group, "unread");
        ann.send(group, "read alone");
        bob.ack(group, 1);
        bob.post(path + "/messages/3/ack").expect(200);

        choose(bob, false);

        assertEquals(ReceiptLists.of(List.of(bob), List.of(cem)), ReceiptLists.by(ann, group, 1));
        assertEquals(ReceiptLists.of(List.of(), List.of(cem)), ReceiptLists.by(ann, group, 2));
        assertEquals(ReceiptLists.of(List.of(bob), List.of(cem)), ReceiptLists.by(ann, group, 3));
        assertEquals(1, ann.receipts(group, 2).get("recipients").asLong());
    }

    @Test
    void messagesSentDuringTheOptOutDoNotCountTheUserAndItsAcksGiveNoReads() {
        choose(bob, false);
        ann.send(group, "off");
        String since = ann.poll("").get("next").asText();

        assertEquals(1, bob.ack(group, 1).get("acked").asLong());
        bob.post(path + "/messages/1/ack").expect(200);

        assertEquals(ReceiptLists.of(List.of(), List.of(cem)), ReceiptLists.by(ann, group, 1));
        assertEquals(0, ann.poll(since).get("reads").size());
        assertEquals(0, bob.get(path).json().get("unread").asLong());
    }

    @Test
    void afterTheOptOutEndsOnlyNewMessagesCountTheUser() {
        ann.send(group, "before");
        choose(bob, false);
        ann.send(group, "while off");
        choose(bob, true);
        ann.send(group, "after");

        assertEquals(ReceiptLists.of(List.of(), List.of(bob, cem)), ReceiptLists.by(ann, group, 3));
        bob.ack(group, 3);

        assertEquals(ReceiptLists.of(List.of(), List.of(cem)), ReceiptLists.by(ann, group, 1));
        assertEquals(ReceiptLists.of(List.of(), List.of(cem)), ReceiptLists.by(ann, group, 2));
        assertEquals(ReceiptLists.of(List.of(bob), List.of(cem)), ReceiptLists.by(ann, group, 3));
    }

    @Test
    void repeatingTheSameChoiceChangesNothing() {
        ann.send(group, "one");
        choose(bob, true);
        assertEquals(ReceiptLists.of(List.of(), List.of(bob, cem)), ReceiptLists.by(ann, group, 1));
        bob.ack(group, 1);

        choose(bob, false);
        choose(bob, false);

        assertEquals(ReceiptLists.of(List.of(bob), List.of(cem)), ReceiptLists.by(ann, group, 1));
    }

    @Test
    void theOptOutAppliesToAllGroupsAlsoToLaterOnes() {
        String second = SERVER.group(ann, bob);
        ann.send(second, "one");
        choose(bob, false);
        String third = SERVER.group(ann, bob);
        ann.send(third, "one");
        String owned = SERVER.group(bob, cem);
        cem.send(owned, "one");

        assertEquals(ReceiptLists.of(List.of(), List.of()), ReceiptLists.by(ann, second, 1));
        assertEquals(ReceiptLists.of(List.of(), List.of()), ReceiptLists.by(ann, third, 1));
        assertEquals(ReceiptLists.of(List.of(), List.of()), ReceiptLists.by(cem, owned, 1));

        choose(bob, true);
        ann.send(third, "two");
        cem.send(owned, "two");

        assertEquals(ReceiptLists.of(List.of(), List.of(bob)), ReceiptLists.by(ann, third, 2));
        assertEquals(ReceiptLists.of(List.of(), List.of(bob)), ReceiptLists.by(cem, owned, 2));
    }

    @Test
    void anOptedOutUserStaysAMemberWhoSendsAndReads() {
        choose(bob, false);
        bob.send(group, "by bob");
        cem.ack(group, 1);

        assertEquals(ReceiptLists.of(List.of(cem), List.of(ann)), ReceiptLists.by(bob, group, 1));
        assertEquals(3, bob.get(path).json().get("members").asLong());
        assertFalse(bob.get("/v1/me").json().get("send_read_receipts").asBoolean());
    }

    @Test
    void theChoiceIsVisibleToTheUserOnly() {
        choose(bob, false);

        String others = ann.get("/v1/users").response().body()
                + ann.get(path + "/members").response().body();

        assertFalse(others.contains("send_read_receipts"));
    }

    private static void choose(ApiClient user, boolean send) {
        boolean answered = user.patch("/v1/me", Map.of("send_read_receipts", send))
                .expect(200)
                .json()
                .has("send_read_receipts");
        assertTrue(answered);
    }
}
