package seenby.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.RunningServer;
import seenby.support.Sweeps;

/** Requests for receipts with {@code wait}: they are answered when nothing can change any more. */
class ReceiptWaitTest {
    private static final int MANY = 300;

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(Sweeps.RETENTION, "receipts.coalesce=50s", "polls.per_user=" + MANY);

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient carol = SERVER.user("carol");
    private final String group = SERVER.group(ann, bob, carol);
    private final String path = "/v1/groups/" + group + "/messages/1/receipts";

    private CompletableFuture<Answer> waiting(ApiClient user, String query) {
        CompletableFuture<Answer> answer = user.later("GET", path + "?" + query, BodyPublishers.noBody(), Map.of());
        SERVER.awaitPolls(1);
        return answer;
    }

    private static JsonNode answered(CompletableFuture<Answer> answer) throws Exception {
        return answer.get(10, TimeUnit.SECONDS).expect(200).json();
    }

    @Test
    void aWaitEndsWhenTheLastRecipientReads() throws Exception {
        ann.send(group, "one");
        CompletableFuture<Answer> answer = waiting(ann, "wait=50");
        bob.ack(group, 1);
        assertEquals(1, ann.receipts(group, 1).get("unread").asLong());
        assertFalse(answer.isDone());

        carol.post("/v1/groups/" + group + "/messages/1/ack").expect(200);

        JsonNode receipt = answered(answer);
        assertEquals(ann.receipts(group, 1), receipt);
        assertEquals(2, receipt.get("readers").size());
        SERVER.awaitPolls(0);
    }

    @Test
    void aWaitEndsAtItsTimeout() {
        ann.send(group, "one");
        bob.ack(group, 1);

        JsonNode receipt = ann.get(path + "?wait=1&list=none").expect(200).json();

        assertEquals(1, receipt.get("unread").asLong());
        assertFalse(receipt.has("readers"));
        SERVER.awaitPolls(0);
    }

    @Test
    void aWaitIsAnsweredAtOnceIfNothingCanChange() {
        ann.send(group, "one");
        bob.ack(group, 1);
        Sweeps.sweep(SERVER, group);
        assertTrue(ann.get(path + "?wait=55").expect(200).json().get("archived").asBoolean());

        String alone = SERVER.group(ann);
        ann.send(alone, "to nobody");
        JsonNode receipt = ann.get("/v1/groups/" + alone + "/messages/1/receipts?wait=55")
                .expect(200)
                .json();
        assertEquals(0, receipt.get("recipients").asLong());
    }

    @Test
    void aWaitEndsWhenItsMessageIsArchived() throws Exception {
        ann.send(group, "one");
        CompletableFuture<Answer> answer = waiting(ann, "wait=50");
        bob.ack(group, 1);
        assertFalse(answer.isDone());

        Sweeps.sweep(SERVER, group);

        JsonNode receipt = answered(answer);
        assertTrue(receipt.get("archived").asBoolean());
        assertEquals(1, receipt.get("unread").asLong());
        SERVER.awaitPolls(0);
    }

    @Test
    void aWaitEndsWhenTheLastUnreadMemberLeavesOrOptsOut() throws Exception {
        ann.send(group, "one");
        CompletableFuture<Answer> answer = waiting(ann, "wait=50");
        bob.patch("/v1/me", Map.of("send_read_receipts", false)).expect(200);
        assertFalse(answer.isDone());

        carol.delete("/v1/groups/" + group + "/members/" + carol.id()).expect(204);
        assertEquals(0, answered(answer).get("recipients").asLong());

        ann.post("/v1/groups/" + group + "/members", Map.of("ids", List.of(carol.id())))
                .expect(200);
        ann.send(group, "two");
        CompletableFuture<Answer> second = ann.later(
                "GET", "/v1/groups/" + group + "/messages/2/receipts?wait=50", BodyPublishers.noBody(), Map.of());
        SERVER.awaitPolls(1);
        carol.patch("/v1/me", Map.of("send_read_receipts", false)).expect(200);
        assertEquals(0, answered(second).get("unread").asLong());
    }

    @Test
    void aWaitIsRefusedAsWithoutWaiting() {
        ann.send(group, "one");

        bob.get(path + "?wait=30").problem(403, "forbidden");
        SERVER.user("stranger").get(path + "?wait=30").problem(404, "not_found");
        ann.get("/v1/groups/" + group + "/messages/2/receipts?wait=30").problem(404, "not_found");
        ann.get(path + "?wait=-1").problem(422, "invalid");
        ann.get(path + "?wait=soon").problem(400, "malformed");
        SERVER.awaitPolls(0);
    }

    @Test
    void aWaitEndsWithItsGroupOrItsToken() throws Exception {
        ann.send(group, "one");
        CompletableFuture<Answer> first = waiting(ann, "wait=50");
        ann.delete("/v1/groups/" + group).expect(204);
        first.get(10, TimeUnit.SECONDS).problem(404, "not_found");

        String other = SERVER.group(ann, bob);
        ann.send(other, "one");
        CompletableFuture<Answer> second = ann.later(
                "GET", "/v1/groups/" + other + "/messages/1/receipts?wait=50", BodyPublishers.noBody(), Map.of());
        SERVER.awaitPolls(1);
        SERVER.admin().post("/v1/users/" + ann.id() + "/token").expect(200);
        second.get(10, TimeUnit.SECONDS).problem(401, "unauthorized");
        SERVER.awaitPolls(0);
    }

    @Test
    void manyWaitsHoldNoThreads() throws Exception {
        ann.send(group, "one");
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            answers.add(ann.later("GET", path + "?wait=50", BodyPublishers.noBody(), Map.of()));
        }
        SERVER.awaitPolls(MANY);
        bob.ack(group, 1);
        carol.ack(group, 1);

        for (CompletableFuture<Answer> answer : answers) {
            assertEquals(0, answered(answer).get("unread").asLong());
        }
    }

    @Test
    void underMembersEveryMemberCanWait() throws Exception {
        ann.patch("/v1/groups/" + group, Map.of("receipts", "members")).expect(200);
        ann.send(group, "one");
        carol.ack(group, 1);
        CompletableFuture<Answer> answer = waiting(bob, "wait=50");

        bob.ack(group, 1);

        assertEquals(0, answered(answer).get("unread").asLong());
    }
}
