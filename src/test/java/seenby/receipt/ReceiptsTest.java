package seenby.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;
import seenby.support.ApiClient;
import seenby.support.ReceiptLists;
import seenby.support.RunningServer;

/** The memory that receipts take, when it is freed, and who sees which receipts. */
class ReceiptsTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private final RedisClient redis = SERVER.redis().client();
    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient cem = SERVER.user("cem");

    @Test
    void receiptsOf199RecipientsAreOneSmallSetOfIntegers() {
        ApiClient[] recipients =
                IntStream.range(0, 199).mapToObj(i -> SERVER.user("reader")).toArray(ApiClient[]::new);
        String group = SERVER.group(ann, recipients);
        Set<String> before = keys(group);

        ann.send(group, "hello");

        Set<String> added = keys(group);
        added.removeAll(before);
        assertEquals(
                Set.of(key(group, "messages"), key(group, "receipts"), key(group, "unread:1"), key(group, "due")),
                added);
        assertEquals("intset", redis.objectEncoding(key(group, "unread:1")));
        assertEquals(199, redis.scard(key(group, "unread:1")));
        long bytes = redis.memoryUsage(key(group, "unread:1"));
        assertTrue(bytes <= 600, bytes + " bytes");
    }

    @Test
    void aMessageReadByAllHasNoUnreadSetAndStillNamesItsReaders() {
        String group = SERVER.group(ann, bob, cem);
        ann.send(group, "one");
        ann.send(group, "two");
        ann.send(group, "three");
        bob.ack(group, 3);
        cem.post("/v1/groups/" + group + "/messages/2/ack").expect(200);
        Map<String, String> times =
                Map.of("bob", ReceiptLists.readAt(ann, group, 2, bob), "cem", ReceiptLists.readAt(ann, group, 2, cem));
        assertTrue(redis.exists(key(group, "unread:1")));
        assertFalse(redis.exists(key(group, "unread:2")));

        cem.ack(group, 3);

        assertEquals(Set.of(), redis.keys(key(group, "unread:*")));
        for (long id = 1; id <= 3; id++) {
            assertEquals(ReceiptLists.of(List.of(bob, cem), List.of()), ReceiptLists.by(ann, group, id));
        }
        assertEquals(times.get("bob"), ReceiptLists.readAt(ann, group, 2, bob));
        assertEquals(times.get("cem"), ReceiptLists.readAt(ann, group, 2, cem));
    }

    @Test
    void aMessageWithoutRecipientsHasNoUnreadSet() {
        String group = SERVER.group(ann, bob);
        ann.send(group, "one");
        bob.delete("/v1/groups/" + group + "/members/" + bob.id()).expect(204);
        ann.send(group, "two");

        assertEquals(Set.of(), redis.keys(key(group, "unread:*")));
        assertEquals(ReceiptLists.of(List.of(), List.of()), ReceiptLists.by(ann, group, 1));
        assertEquals(ReceiptLists.of(List.of(), List.of()), ReceiptLists.by(ann, group, 2));
    }

    @Test
    void receiptsIdentifyTheirMessage() {
        String group = SERVER.group(ann, bob, cem);
        JsonNode sent = ann.post("/v1/groups/" + group + "/messages", Map.of("text", "hi"))
                .json();
        bob.ack(group, 1);

        JsonNode receipt = ann.receipts(group, 1);

        assertEquals(sent.get("group"), receipt.get("group"));
        assertEquals(sent.get("id"), receipt.get("id"));
        assertEquals(sent.get("sender"), receipt.get("sender"));
        assertEquals(sent.get("sent_at"), receipt.get("sent_at"));
        assertFalse(receipt.get("archived").asBoolean());
        assertTrue(ReceiptLists.readAt(ann, group, 1, bob)
                        .compareTo(sent.get("sent_at").asText())
                >= 0);
    }

    @Test
    void listsAreSortedByUserId() {
        ApiClient zoe = SERVER.user("a.zoe");
        ApiClient yan = SERVER.user("b_yan");
        String group = SERVER.group(ann, zoe, bob, cem, yan);
        ann.send(group, "one");
        cem.post("/v1/groups/" + group + "/messages/1/ack").expect(200);
        zoe.ack(group, 1);

        assertEquals(ReceiptLists.of(List.of(zoe, cem), List.of(yan, bob)), ReceiptLists.by(ann, group, 1));
    }

    @Test
    void listNoneOmitsBothLists() {
        String group = SERVER.group(ann, bob, cem);
        ann.send(group, "one");
        bob.ack(group, 1);

        JsonNode counts = ann.get("/v1/groups/" + group + "/messages/1/receipts?list=none")
                .expect(200)
                .json();

        assertFalse(counts.has("readers"));
        assertFalse(counts.has("unread_members"));
        assertEquals(2, counts.get("recipients").asLong());
        assertEquals(1, counts.get("read").asLong());
        assertEquals(1, counts.get("unread").asLong());
    }

    @Test
    void onlyTheSenderSeesTheReceiptsOfAMessage() {
        String group = SERVER.group(ann, bob, cem);
        ann.send(group, "by ann");
        bob.send(group, "by bob");
        String path = "/v1/groups/" + group;

        bob.get(path + "/messages/1/receipts").problem(403, "forbidden");
        bob.get(path + "/messages/1/receipts?list=none").problem(403, "forbidden");
        ann.get(path + "/messages/3/receipts").problem(404, "not_found");
        SERVER.user("eve").get(path + "/messages/1/receipts").problem(404, "not_found");
        SERVER.admin().get(path + "/messages/1/receipts").problem(404, "not_found");
        assertEquals(List.of("2"), ids(bob.get(path + "/receipts").json()));
        assertEquals(List.of(), ids(cem.get(path + "/receipts").json()));
        JsonNode history = bob.get(path + "/messages?after=0").json().get("messages");
        assertFalse(history.get(0).has("read"));
        assertEquals(2, history.get(1).get("recipients").asLong());
    }

    @Test
    void aRangeHasAtMostAThousandIds() {
        String group = SERVER.group(ann, bob);
        ann.send(group, "one");
        ann.send(group, "two");
        String path = "/v1/groups/" + group + "/receipts";

        assertEquals(List.of("1", "2"), ids(ann.get(path).json()));
        assertEquals(List.of("2"), ids(ann.get(path + "?from=2&to=1001").json()));
        assertEquals(List.of("1"), ids(ann.get(path + "?to=1").json()));
        ann.get(path + "?from=1&to=1001").problem(422, "invalid");
    }

    private static List<String> ids(JsonNode range) {
        return ApiClient.each(range.get("receipts"), "id");
    }

    private Set<String> keys(String group) {
        return redis.keys(key(group, "*"));
    }

    private static String key(String group, String what) {
        return "sb:{" + group + "}:" + what;
    }
}
