package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.Eventually;
import seenby.support.RunningServer;

/** Polls by POST, which can carry acks. */
class PostUpdatesTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);
    private final String other = SERVER.group(ann, bob);

    @Test
    void acksAreDoneBeforeThePoll() {
        send(group, 3);
        send(other, 2);

        JsonNode update =
                post(Map.of("ack", Map.of(group, 2, other, 2))).expect(200).json();

        assertEquals(List.of("3"), ApiClient.each(update.get("messages"), "id"));
        assertEquals(2, lastAck(group));
        assertEquals(2, lastAck(other));
        assertEquals(1, ann.receipts(group, 2).get("read").asLong());
    }

    @Test
    void oneInvalidAckAmongSeveralAcksNothing() {
        send(group, 1);
        send(other, 1);

        JsonNode problem = post(Map.of("ack", Map.of(group, 1, other, 2))).problem(422, "invalid");

        assertEquals("ack", problem.get("field").asText());
        assertEquals(0, lastAck(group));
        assertEquals(0, lastAck(other));
    }

    @Test
    void anInvalidSinceAcksNothing() {
        send(group, 1);

        post(Map.of("since", "garbage", "ack", Map.of(group, 1))).problem(422, "invalid");

        assertEquals(0, lastAck(group));
    }

    @Test
    void anAckInAGroupOfOthersIsSkippedAndReportedInLeftAtOnce() {
        send(group, 1);
        String foreign = SERVER.group(ann);
        String since = bob.poll("").get("next").asText();
        Map<String, Object> acks = Map.of(group, 1, foreign, 7, "no-such-group", 9);

        JsonNode update = post(Map.of("since", since, "timeout", 55, "ack", acks))
                .expect(200)
                .json();

        assertEquals(List.of(foreign, "no-such-group"), ApiClient.texts(update.get("left")));
        assertEquals(1, lastAck(group));
        assertEquals(since, update.get("next").asText());
    }

    @Test
    void anAckBesideASinceOfAnEarlierGroupIsSkippedAndReportedInLeft() {
        send(group, 5);
        send(other, 1);
        String since = bob.poll("").get("next").asText();
        recreate(group);

        for (int sent : List.of(0, 6)) {
            send(group, sent);
            JsonNode update = post(Map.of("since", since, "ack", Map.of(group, 5, other, 1)))
                    .expect(200)
                    .json();
            assertEquals(List.of(group), ApiClient.texts(update.get("left")));
            assertEquals(0, lastAck(group));
            assertEquals(1, lastAck(other), "the other ack is done");
        }
        assertEquals(0, ann.receipts(group, 3).get("read").asLong());
    }

    @Test
    void anInvalidAckBesideTheAckOfAnEarlierGroupAcksNothing() {
        send(group, 5);
        send(other, 1);
        String since = bob.poll("").get("next").asText();
        recreate(group);

        post(Map.of("since", since, "ack", Map.of(group, 5, other, 2))).problem(422, "invalid");

        assertEquals(0, lastAck(other));
    }

    private void recreate(String group) {
        ann.delete("/v1/groups/" + group).expect(204);
        ann.post("/v1/groups", Map.of("id", group, "members", List.of(bob.id())))
                .expect(201);
    }

    @Test
    void anAckBelowTheCursorChangesNothing() {
        send(group, 2);
        bob.ack(group, 2);

        post(Map.of("ack", Map.of(group, 1, other, 0))).expect(200);

        assertEquals(2, lastAck(group));
    }

    @Test
    void anAckIsKeptIfTheClientDisconnectsBeforeTheAnswer() throws IOException {
        send(group, 2);
        String since = bob.poll("").get("next").asText();
        String body = "{\"since\":\"" + since + "\",\"ack\":{\"" + group + "\":2},\"timeout\":2}";
        String request =
                "POST /v1/updates HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                        + bob.token() + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        }

        Eventually.eventually("the cursor has moved", () -> lastAck(group) == 2);
        assertEquals(1, ann.receipts(group, 2).get("read").asLong());
    }

    @Test
    void theAckTakesEffectWhileThePollWaits() {
        send(group, 1);
        String since = bob.poll("").get("next").asText();
        CompletableFuture<Answer> poll = bob.later(
                "POST",
                "/v1/updates",
                BodyPublishers.ofString("{\"since\":\"" + since + "\",\"timeout\":20,\"ack\":{\"" + group + "\":1}}"),
                Map.of("Content-Type", "application/json"));
        assertThrows(TimeoutException.class, () -> poll.get(200, TimeUnit.MILLISECONDS));

        assertEquals(1, lastAck(group), "while it waits");
        ann.send(group, "wake up");

        assertEquals(List.of("2"), ApiClient.each(poll.join().json().get("messages"), "id"));
    }

    @Test
    void everyFieldIsOptionalAndNullCountsAsMissing() {
        Map<String, Object> nulls = new HashMap<>();
        List.of("since", "ack", "timeout", "limit").forEach(field -> nulls.put(field, null));

        bob.post("/v1/updates").expect(200);
        post(Map.of()).expect(200);
        post(nulls).expect(200);
        post(Map.of("since", "")).expect(200);
    }

    @Test
    void invalidFieldsAreRefused() {
        for (Map<String, Object> body : List.<Map<String, Object>>of(
                Map.of("tiemout", 1),
                Map.of("limit", 0),
                Map.of("limit", 1001),
                Map.of("timeout", -1),
                Map.of("timeout", "5"),
                Map.of("since", 5),
                Map.of("ack", List.of()),
                Map.of("ack", Map.of(group, -1)),
                Map.of("ack", Map.of(group, "1")),
                Map.of("ack", Map.of(group, 1L << 54)),
                Map.of("ack", Map.of("No Group", 1)))) {
            post(body).problem(422, "invalid");
        }
    }

    /** A client that acks in its polls and reads receipts from them needs no other request. */
    @Test
    void pollsAloneCarryAcksAndReceipts() {
        String bobs = bob.poll("").get("next").asText();
        String anns = ann.poll("").get("next").asText();
        for (int id = 1; id <= 5; id++) {
            ann.send(group, "text " + id);
            bobs = post(Map.of("since", bobs, "timeout", 5)).json().get("next").asText();
            post(Map.of("since", bobs, "ack", Map.of(group, id))).expect(200);
            JsonNode update = ann.poll(anns, 5);
            assertTrue(ApiClient.each(update.get("reads"), "upto").contains(Integer.toString(id)));
            anns = update.get("next").asText();
        }
    }

    private Answer post(Map<String, Object> body) {
        return bob.post("/v1/updates", body);
    }

    private long lastAck(String group) {
        return bob.get("/v1/groups/" + group).expect(200).json().get("last_ack").asLong();
    }

    private void send(String group, int count) {
        IntStream.range(0, count).forEach(i -> ann.send(group, "text " + i));
    }

    @Test
    void aLongTimeoutIsClampedAsInTheQuery() throws Exception {
        ApiClient user = SERVER.user("ann");

        CompletableFuture<Answer> poll = user.later(
                "POST",
                "/v1/updates",
                BodyPublishers.ofString("{\"timeout\":99999999999999999999}"),
                Map.of("Content-Type", "application/json"));

        SERVER.awaitPolls(1);
        user.post("/v1/users/" + user.id() + "/token").expect(200);
        poll.get(5, TimeUnit.SECONDS).problem(401, "unauthorized");
    }
}
