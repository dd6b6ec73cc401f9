package seenby.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.RunningServer;
import seenby.support.Sweeps;

/** Messages are deleted after the message retention, and every answer tells clients so. */
class MessageRetentionTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer(Sweeps.RETENTION, "message.retention=1d");

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);
    private final String path = "/v1/groups/" + group;

    /** Lets the server delete all messages sent so far. */
    private void trim(long firstId) {
        SERVER.clock().move(Duration.ofDays(2));
        Sweeps.expire(SERVER, group);
        eventually("the messages are deleted", () -> Sweeps.number(SERVER, group, "first_id") == firstId);
    }

    private void send(String... texts) {
        for (String text : texts) {
            ann.send(group, text);
        }
    }

    @Test
    void historyStartsAtTheOldestMessageThatIsKept() {
        send("one", "two \"quoted\"\n🚀");
        trim(3);
        send("three", "four");

        JsonNode history = ann.get(path + "/messages?after=0").json();

        assertEquals(List.of("three", "four"), ApiClient.each(history.get("messages"), "text"));
        assertEquals(3, history.get("first_id").asLong());
        assertFalse(history.get("more").asBoolean());
        JsonNode backwards = ann.get(path + "/messages?before=5").json();
        assertEquals(List.of("three", "four"), ApiClient.each(backwards.get("messages"), "text"));
        assertFalse(backwards.get("more").asBoolean());
        assertEquals(
                0, ann.get(path + "/messages?before=3").json().get("messages").size());
        ann.get(path + "/messages/2").problem(404, "not_found");
        assertEquals(3, ann.get(path).json().get("first_id").asLong());
        assertEquals(4, ann.get(path).json().get("last_id").asLong());
        assertEquals(2, Sweeps.lines(SERVER.archive(), group, "messages-").size());
        assertTrue(Sweeps.lines(SERVER.archive(), group, "messages-")
                .get(1)
                .endsWith("\"text\":\"two \\\"quoted\\\"\\n🚀\"}"));
    }

    @Test
    void receiptsOfDeletedMessagesAreStillAnswered() {
        send("one");
        bob.ack(group, 1);
        trim(2);

        assertEquals(1, ann.receipts(group, 1).get("read").asLong());
        assertFalse(SERVER.redis().client().exists(Sweeps.key(group, "messages")));
        bob.post(path + "/messages/1/ack").problem(404, "not_found");
    }

    @Test
    void aPollFromBeforeReportsTheFirstIdInTrimmed() {
        String since = bob.poll("").get("next").asText();
        send("one", "two");
        trim(3);
        JsonNode empty = bob.poll(since);
        send("three");

        JsonNode update = bob.poll(since);

        assertEquals(
                "[{\"group\":\"%s\",\"first_id\":3}]".formatted(group),
                empty.get("trimmed").toString());
        assertEquals(empty.get("trimmed"), update.get("trimmed"));
        assertEquals(List.of("3"), ApiClient.each(update.get("messages"), "id"));
        JsonNode after = bob.poll(empty.get("next").asText());
        assertEquals(0, after.get("trimmed").size());
        assertEquals(List.of("3"), ApiClient.each(after.get("messages"), "id"));
        assertEquals(0, bob.poll(update.get("next").asText()).get("trimmed").size());
        assertEquals(1, bob.poll("").get("trimmed").size(), "what bob has not read is among them");
        bob.ack(group, 3);
        assertEquals(0, bob.poll("").get("trimmed").size());
    }

    @Test
    void anOpenPollIsNotDisturbed() {
        send("one");
        trim(2);
        String since = bob.poll("").get("next").asText();
        CompletableFuture<ApiClient.Answer> poll = bob.polling(since, 20);
        SERVER.awaitPolls(1);

        send("two");

        JsonNode update = poll.join().expect(200).json();
        assertEquals(List.of("two"), ApiClient.each(update.get("messages"), "text"));
        assertEquals(0, update.get("trimmed").size());
    }

    @Test
    void messagesStayUntilTheirReceiptsAreArchived() {
        send("one");
        SERVER.clock().move(Duration.ofMinutes(30));
        send("two");
        SERVER.clock().move(Duration.ofMinutes(45));
        Sweeps.expire(SERVER, group);
        eventually("the first message is archived", () -> Sweeps.archivedUpto(SERVER, group) == 1);

        assertEquals(1, Sweeps.number(SERVER, group, "first_id"), "messages are kept for a day");
        assertEquals(
                List.of("one", "two"),
                ApiClient.each(ann.get(path + "/messages?after=0").json().get("messages"), "text"));
    }

    @Test
    void aClientIdIsDeletedWithItsMessage() {
        Map<String, String> draft = Map.of("text", "hi", "client_id", "c-1");
        ann.post(path + "/messages", draft).expect(201);
        trim(2);

        ann.post(path + "/messages", draft).expect(201);
    }
}
