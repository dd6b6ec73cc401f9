package seenby.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.Parallel;
import seenby.support.ReceiptLists;
import seenby.support.RunningServer;

/** An ack changes cursor and receipts in one atomic step, never moves back and never counts twice. */
class AcksTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("receipts.coalesce=0s");

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient cem = SERVER.user("cem");
    private final String group = SERVER.group(ann, bob, cem);

    @BeforeEach
    void sendFiveMessages() {
        for (int i = 1; i <= 5; i++) {
            ann.send(group, "message " + i);
        }
    }

    @Test
    void anAckMovesCursorReceiptsAndReadTimesAndWakesTheSender() {
        String since = ann.poll("").get("next").asText();

        JsonNode acked = bob.ack(group, 3);

        assertEquals("{\"group\":\"" + group + "\",\"last_ack\":3,\"acked\":3,\"unread\":2}", acked.toString());
        assertEquals(3, cursor(bob));
        JsonNode read = ann.poll(since, 20).get("reads").get(0);
        assertEquals(
                List.of(bob.id(), "1", "3"), List.of(text(read, "reader"), text(read, "from"), text(read, "upto")));
        for (long id = 1; id <= 3; id++) {
            assertEquals(ReceiptLists.of(List.of(bob), List.of(cem)), ReceiptLists.by(ann, group, id));
            assertEquals(text(read, "at"), ReceiptLists.readAt(ann, group, id, bob), "one ack has one read time");
        }
        assertEquals(ReceiptLists.of(List.of(), List.of(bob, cem)), ReceiptLists.by(ann, group, 4));
    }

    @Test
    void anAckBelowTheCursorChangesNothing() {
        bob.ack(group, 3);
        Map<String, String> before = stored();

        JsonNode again = bob.ack(group, 3);
        JsonNode below = bob.ack(group, 1);
        JsonNode zero = bob.ack(group, 0);

        assertEquals(again, below);
        assertEquals(again, zero);
        assertEquals(
                List.of("3", "0", "2"), List.of(text(again, "last_ack"), text(again, "acked"), text(again, "unread")));
        assertEquals(before, stored());
    }

    @Test
    void anAckBeyondTheLastMessageIsRefusedAndChangesNothing() {
        bob.ack(group, 1);
        Map<String, String> before = stored();

        bob.post("/v1/groups/" + group + "/ack", Map.of("upto", 6)).problem(422, "invalid");
        bob.post("/v1/groups/" + group + "/messages/6/ack").problem(404, "not_found");
        bob.post("/v1/groups/" + group + "/messages/0/ack").problem(404, "not_found");

        assertEquals(before, stored());
    }

    @Test
    void theReadTimeIsTheTimeOfTheFirstAckOfTheMessage() {
        bob.ack(group, 2);
        SERVER.clock().move(Duration.ofMinutes(1));
        bob.ack(group, 5);

        String first = ReceiptLists.readAt(ann, group, 1, bob);
        String second = ReceiptLists.readAt(ann, group, 3, bob);
        assertEquals(first, ReceiptLists.readAt(ann, group, 2, bob));
        assertEquals(second, ReceiptLists.readAt(ann, group, 5, bob));
        assertNotEquals(first, second);
    }

    @Test
    void anAckOfOneMessageMovesNeitherTheCursorNorOtherReceipts() {
        for (int twice = 0; twice < 2; twice++) {
            JsonNode answer = bob.post("/v1/groups/" + group + "/messages/4/ack")
                    .expect(200)
                    .json();
            assertEquals("{\"group\":\"" + group + "\",\"id\":4,\"read\":true}", answer.toString());
        }

        assertEquals(0, cursor(bob));
        assertEquals(ReceiptLists.of(List.of(), List.of(bob, cem)), ReceiptLists.by(ann, group, 3));
        assertEquals(ReceiptLists.of(List.of(bob), List.of(cem)), ReceiptLists.by(ann, group, 4));
        assertEquals(ReceiptLists.of(List.of(), List.of(bob, cem)), ReceiptLists.by(ann, group, 5));
    }

    @Test
    void anAckOfOneMessageKeepsItsReadTimeAfterACumulativeAck() {
        ackOne(bob, 4);
        String readAt = ReceiptLists.readAt(ann, group, 4, bob);
        SERVER.clock().move(Duration.ofMinutes(1));

        bob.ack(group, 5);

        assertEquals(readAt, ReceiptLists.readAt(ann, group, 4, bob));
        assertNotEquals(readAt, ReceiptLists.readAt(ann, group, 3, bob));
    }

    @Test
    void anAckOfOneMessageRemainsAfterTheMemberLeaves() {
        ackOne(bob, 4);
        String readAt = ReceiptLists.readAt(ann, group, 4, bob);

        bob.delete("/v1/groups/" + group + "/members/" + bob.id()).expect(204);

        assertEquals(ReceiptLists.of(List.of(bob), List.of(cem)), ReceiptLists.by(ann, group, 4));
        assertEquals(readAt, ReceiptLists.readAt(ann, group, 4, bob));
        assertEquals(ReceiptLists.of(List.of(), List.of(cem)), ReceiptLists.by(ann, group, 3));
    }

    @Test
    void aCumulativeAckDoesNotCountAnAckedMessageAgain() {
        ackOne(bob, 4);
        bob.ack(group, 5);
        ackOne(bob, 4);

        assertEquals(1, ann.receipts(group, 4).get("read").asLong());
    }

    @Test
    void concurrentAcksEndAtTheHighestIdAndCountEachMessageOnce() {
        String since = ann.poll("").get("next").asText();

        List<Long> acked =
                Parallel.call(10, i -> bob.ack(group, i % 5 + 1L).get("acked").asLong());

        assertEquals(5, cursor(bob));
        assertEquals(5, acked.stream().mapToLong(Long::longValue).sum(), "each step of the cursor belongs to one ack");
        long covered = 0;
        for (JsonNode read : ann.poll(since).get("reads")) {
            assertEquals(covered + 1, read.get("from").asLong());
            covered = read.get("upto").asLong();
        }
        assertEquals(5, covered);
    }

    private void ackOne(ApiClient user, long id) {
        user.post("/v1/groups/" + group + "/messages/" + id + "/ack").expect(200);
    }

    private long cursor(ApiClient user) {
        return user.get("/v1/groups/" + group).json().get("last_ack").asLong();
    }

    private static String text(JsonNode object, String field) {
        return object.get(field).asText();
    }

    /** Everything that Redis stores of the group. */
    private Map<String, String> stored() {
        return SERVER.redis().checksums("sb:{" + group + "}*");
    }
}
