package seenby.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.ReceiptLists;
import seenby.support.RunningServer;

/** The policy at the send decides if receipts are kept; the policy at the request decides who sees them. */
class PoliciesTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared("receipts.coalesce=0s");

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient cem = SERVER.user("cem");
    private final String group = SERVER.group(ann, bob, cem);
    private final String path = "/v1/groups/" + group;

    @Test
    void underMembersEveryMemberSeesNewAndOlderReceipts() {
        ann.send(group, "under sender");
        bob.ack(group, 1);
        setPolicy("members");
        ann.send(group, "under members");

        assertEquals(ReceiptLists.of(List.of(bob), List.of(cem)), ReceiptLists.by(cem, group, 1));
        assertEquals(ReceiptLists.of(List.of(), List.of(bob, cem)), ReceiptLists.by(cem, group, 2));
        assertEquals(List.of("1", "2"), range(cem));
        assertEquals(2, cem.get(path + "/messages/1").json().get("recipients").asLong());
    }

    @Test
    void afterReturningToSenderOnlyTheSenderSees() {
        setPolicy("members");
        ann.send(group, "under members");
        setPolicy("sender");

        bob.get(path + "/messages/1/receipts").problem(403, "forbidden");
        assertEquals(List.of(), range(bob));
        assertFalse(bob.get(path + "/messages/1").json().has("recipients"));
        assertEquals(ReceiptLists.of(List.of(), List.of(bob, cem)), ReceiptLists.by(ann, group, 1));
    }

    @Test
    void underOffNoReceiptsAreKeptForNewMessages() {
        setPolicy("off");
        JsonNode sent =
                ann.post(path + "/messages", Map.of("text", "off")).expect(201).json();
        Set<String> sets = SERVER.redis().client().keys("sb:{" + group + "}:unread:*");
        bob.ack(group, 1);
        setPolicy("members");

        assertEquals(0, sent.get("recipients").asLong());
        assertEquals(Set.of(), sets);
        for (ApiClient member : List.of(ann, bob)) {
            member.get(path + "/messages/1/receipts").problem(404, "not_found");
            assertEquals(List.of(), range(member));
            assertFalse(member.get(path + "/messages/1").json().has("recipients"));
        }
    }

    @Test
    void underOffSendersSeeEarlierReceiptsAndAcksStillCount() {
        ann.send(group, "before");
        setPolicy("off");
        ann.send(group, "off");

        bob.ack(group, 2);

        assertEquals(ReceiptLists.of(List.of(bob), List.of(cem)), ReceiptLists.by(ann, group, 1));
        assertEquals(List.of("1"), range(ann));
        bob.get(path + "/messages/1/receipts").problem(403, "forbidden");
        assertEquals(0, bob.get(path).json().get("unread").asLong());
    }

    @Test
    void anAckOfMessagesWithoutReceiptsGivesNoReads() {
        setPolicy("off");
        ann.send(group, "off");
        setPolicy("members");
        String since = ann.poll("").get("next").asText();

        bob.ack(group, 1);
        bob.post(path + "/messages/1/ack").expect(200);

        assertEquals(0, ann.poll(since).get("reads").size());
    }

    @Test
    void eachMessageKeepsThePolicyOfItsSend() {
        ann.send(group, "sender");
        setPolicy("off");
        ann.send(group, "off");
        setPolicy("members");
        bob.send(group, "members");
        setPolicy("sender");
        ann.send(group, "sender again");
        cem.ack(group, 4);

        assertEquals(List.of("1", "4"), range(ann));
        assertEquals(List.of("3"), range(bob));
        assertEquals(ReceiptLists.of(List.of(cem), List.of(bob)), ReceiptLists.by(ann, group, 1));
        assertEquals(ReceiptLists.of(List.of(cem), List.of(ann)), ReceiptLists.by(bob, group, 3));
        assertEquals(ReceiptLists.of(List.of(cem), List.of(bob)), ReceiptLists.by(ann, group, 4));
    }

    @Test
    void onlyTheOwnerAndAdminsChangeThePolicy() {
        bob.patch(path, Map.of("receipts", "off")).problem(403, "forbidden");
        SERVER.user("eve").patch(path, Map.of("receipts", "off")).problem(404, "not_found");
        ann.patch(path, Map.of("receipts", "everyone")).problem(422, "invalid");
        assertEquals("sender", ann.get(path).json().get("receipts").asText());

        JsonNode changed = SERVER.admin()
                .patch(path, Map.of("receipts", "off"))
                .expect(200)
                .json();

        assertEquals("off", changed.get("receipts").asText());
    }

    private void setPolicy(String policy) {
        ann.patch(path, Map.of("receipts", policy)).expect(200);
    }

    private List<String> range(ApiClient viewer) {
        return ApiClient.each(
                viewer.get(path + "/receipts?from=1&to=10").expect(200).json().get("receipts"), "id");
    }
}
