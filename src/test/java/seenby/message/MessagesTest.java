package seenby.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;
import seenby.support.ApiClient;
import seenby.support.Parallel;
import seenby.support.ReceiptLists;
import seenby.support.RunningServer;

/** The API contract for sending messages and reading the history. */
class MessagesTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);
    private final String path = "/v1/groups/" + group + "/messages";

    @Test
    void historyStartsAtTheFirstUnreadMessage() {
        ann.send(group, "one");
        ann.send(group, "two");
        bob.ack(group, 1);

        JsonNode history = bob.get(path).expect(200).json();

        assertEquals(List.of("two"), ApiClient.each(history.get("messages"), "text"));
        assertEquals(2, history.get("last_id").asLong());
    }

    @Test
    void idsAreDenseUnder32ConcurrentSenders() {
        int each = 5;
        ApiClient[] senders =
                IntStream.range(0, 32).mapToObj(i -> SERVER.user("sender" + i)).toArray(ApiClient[]::new);
        String large = SERVER.group(ann, senders);

        List<List<Long>> idsBySender = Parallel.call(
                senders.length,
                i -> LongStream.range(0, each)
                        .mapToObj(n -> senders[i].send(large, senders[i].id() + " " + n))
                        .toList());

        List<Long> all = idsBySender.stream().flatMap(List::stream).sorted().toList();
        assertEquals(LongStream.rangeClosed(1, 32L * each).boxed().toList(), all);
        idsBySender.forEach(ids -> assertEquals(ids.stream().sorted().toList(), ids, "each sender's ids ascend"));
        JsonNode stored = ann.get("/v1/groups/" + large + "/messages?after=0&limit=1000")
                .json()
                .get("messages");
        assertEquals(all.stream().map(String::valueOf).toList(), ApiClient.each(stored, "id"));
        for (int i = 0; i < senders.length; i++) {
            for (int n = 0; n < each; n++) {
                JsonNode message = stored.get((int) (idsBySender.get(i).get(n) - 1));
                assertEquals(senders[i].id() + " " + n, message.get("text").asText());
            }
        }
    }

    @Test
    void aSenderWhoHasReadEverythingStaysCaughtUp() {
        ann.send(group, "one");
        bob.ack(group, 1);

        bob.send(group, "two");

        JsonNode seenByBob = bob.get("/v1/groups/" + group).json();
        assertEquals(2, seenByBob.get("last_ack").asLong());
        assertEquals(0, seenByBob.get("unread").asLong());
    }

    @Test
    void sendingDoesNotAckEarlierUnreadMessages() {
        ann.send(group, "one");

        bob.send(group, "two");

        assertEquals(0, bob.get("/v1/groups/" + group).json().get("last_ack").asLong());
        assertEquals(ReceiptLists.of(List.of(), List.of(bob)), ReceiptLists.by(ann, group, 1));
        assertEquals(ReceiptLists.of(List.of(), List.of(ann)), ReceiptLists.by(bob, group, 2));
    }

    @Test
    void sixteenConcurrentRetriesStoreOneMessage() {
        List<ApiClient.Answer> answers = Parallel.call(16, i -> sent(ann, "once", "c-1"));

        List<Integer> statuses =
                answers.stream().map(ApiClient.Answer::status).sorted().toList();
        int[] expected = new int[16];
        Arrays.fill(expected, 200);
        expected[15] = 201;
        assertEquals(Arrays.stream(expected).boxed().toList(), statuses);
        JsonNode first = answers.get(0).json();
        answers.forEach(answer -> assertEquals(first, answer.json()));
        assertEquals(1, ann.get("/v1/groups/" + group).json().get("last_id").asLong());
    }

    @Test
    void aRetryAnswersTheOriginalWithItsCurrentRecipients() {
        JsonNode original = sent(ann, "once", "c-1").expect(201).json();
        ann.delete("/v1/groups/" + group + "/members/" + bob.id()).expect(204);

        JsonNode again = sent(ann, "once", "c-1").expect(200).json();

        assertEquals(original.get("sent_at"), again.get("sent_at"));
        assertEquals(1, original.get("recipients").asLong());
        assertEquals(0, again.get("recipients").asLong());
    }

    @Test
    void aClientIdWithAnotherTextIsAConflictAndStoresNothing() {
        sent(ann, "once", "c-1").expect(201);

        sent(ann, "twice", "c-1").problem(409, "conflict");

        assertEquals(1, ann.get("/v1/groups/" + group).json().get("last_id").asLong());
    }

    @Test
    void aClientIdIsUniquePerSenderAndGroup() {
        String other = SERVER.group(ann);
        sent(ann, "once", "c-1").expect(201);

        sent(bob, "mine", "c-1").expect(201);
        ann.post("/v1/groups/" + other + "/messages", Map.of("text", "there", "client_id", "c-1"))
                .expect(201);
    }

    @Test
    void aClientIdIsStillKnownAfterARestart() {
        JsonNode original = sent(ann, "once", "c-1").expect(201).json();

        SERVER.restart();

        assertEquals(original, sent(ann, "once", "c-1").expect(200).json());
        sent(ann, "twice", "c-1").problem(409, "conflict");
    }

    @Test
    void aClientIdIsKnownForTheWindowAndFreeAfterIt() {
        sent(ann, "once", "c-1").expect(201);
        SERVER.clock().move(Duration.ofHours(23));
        sent(ann, "other", "c-2").expect(201);
        sent(ann, "once", "c-1").expect(200);

        SERVER.clock().move(Duration.ofHours(1));

        assertEquals(3, sent(ann, "again", "c-1").expect(201).json().get("id").asLong());
        sent(ann, "other", "c-2").expect(200);
        sent(ann, "again", "c-1").expect(200);
        SERVER.clock().move(Duration.ofHours(23));
        assertEquals(4, sent(ann, "other", "c-2").expect(201).json().get("id").asLong());
        sent(ann, "again", "c-1").expect(200);
    }

    @Test
    void clientIdsOfPastWindowsAreDeleted() {
        for (int day = 0; day < 3; day++) {
            sent(ann, "of day " + day, "c-" + day).expect(201);
            SERVER.clock().move(Duration.ofHours(25));
        }
        sent(ann, "of today", "c-today").expect(201);

        RedisClient redis = SERVER.redis().client();
        long kept = redis.hlen("sb:{" + group + "}:sent") + redis.hlen("sb:{" + group + "}:sent_before");

        assertEquals(2, kept, "those of this window and of the previous one");
    }

    private ApiClient.Answer sent(ApiClient sender, String text, String clientId) {
        return sender.post(path, Map.of("text", text, "client_id", clientId));
    }
}
