package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static seenby.support.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** Two servers on one Redis: a change on one is visible on the other at once. */
class TwoServersTest {
    @RegisterExtension
    static final RunningServer HERE = new RunningServer("receipts.coalesce=50ms");

    private static RunningServer there = HERE;

    private ApiClient alice = HERE.nobody();
    private ApiClient bob = HERE.nobody();
    private String group = "";

    @BeforeAll
    static void startSecondServer() throws IOException {
        there = HERE.another();
    }

    @AfterAll
    static void stopSecondServer() {
        there.stop();
    }

    @BeforeEach
    void createGroupOfTwo() {
        alice = HERE.user("alice");
        bob = there.as(HERE.user("bob"));
        group = HERE.group(alice, bob);
    }

    /** Opens a poll on the second server; returns when it is open. */
    private CompletableFuture<ApiClient.Answer> waiting(ApiClient user) {
        CompletableFuture<ApiClient.Answer> poll = user.polling("", 30);
        eventually(user.id() + " has an open poll", () -> online(user));
        return poll;
    }

    /** Asks the second server, because this one learns of it only seconds later. */
    private boolean online(ApiClient user) {
        JsonNode members =
                there.as(alice).get("/v1/groups/" + group + "/members").json().get("members");
        int index = ApiClient.each(members, "id").indexOf(user.id());
        return members.get(index).get("online").asBoolean();
    }

    @Test
    void aMessageSentOnOneServerWakesAPollOnTheOther() {
        CompletableFuture<ApiClient.Answer> poll = waiting(bob);

        alice.send(group, "from here to there");

        JsonNode messages = poll.join().expect(200).json().get("messages");
        assertEquals(List.of("from here to there"), ApiClient.each(messages, "text"));
    }

    @Test
    void anAckOnOneServerIsReportedToAPollOnTheOther() {
        long id = alice.send(group, "read me");
        CompletableFuture<ApiClient.Answer> poll =
                alice.polling(alice.poll("").get("next").asText(), 30);

        bob.ack(group, id);

        JsonNode reads = poll.join().expect(200).json().get("reads");
        assertEquals(List.of(bob.id()), ApiClient.each(reads, "reader"));
        assertEquals(1, there.as(alice).receipts(group, id).get("read").asLong());
    }

    @Test
    void aTokenReplacedOnOneServerIsInvalidOnTheOtherAlsoInOpenPolls() {
        CompletableFuture<ApiClient.Answer> poll = waiting(bob);

        HERE.admin().post("/v1/users/" + bob.id() + "/token").expect(200);

        poll.join().problem(401, "unauthorized");
        bob.get("/v1/me").problem(401, "unauthorized");
    }

    @Test
    void aUserDeactivatedOnOneServerIsRefusedByTheOtherAlsoInOpenPolls() {
        CompletableFuture<ApiClient.Answer> poll = waiting(bob);

        HERE.admin().patch("/v1/users/" + bob.id(), Map.of("active", false)).expect(200);

        poll.join().problem(401, "unauthorized");
        bob.get("/v1/me").problem(401, "unauthorized");
    }

    @Test
    void aUserDeletedOnOneServerIsGoneOnTheOther() {
        CompletableFuture<ApiClient.Answer> poll = waiting(bob);

        HERE.admin().delete("/v1/users/" + bob.id()).expect(204);

        poll.join().problem(401, "unauthorized");
        bob.get("/v1/me").problem(401, "unauthorized");
        JsonNode members =
                there.as(alice).get("/v1/groups/" + group + "/members").json();
        assertEquals(List.of(alice.id()), ApiClient.each(members.get("members"), "id"));
    }

    @Test
    void aGroupDeletedOnOneServerIsInLeftOnTheOther() {
        CompletableFuture<ApiClient.Answer> poll = waiting(bob);

        alice.delete("/v1/groups/" + group).expect(204);

        assertEquals(
                List.of(group), ApiClient.texts(poll.join().expect(200).json().get("left")));
        bob.get("/v1/groups/" + group).problem(404, "not_found");
    }

    @Test
    void aGroupJoinedOnOneServerIsInAnOpenPollOnTheOther() {
        CompletableFuture<ApiClient.Answer> poll = waiting(bob);
        String other = HERE.group(alice);

        alice.put("/v1/groups/" + other + "/members/" + bob.id()).expect(201);
        alice.send(other, "welcome");

        JsonNode messages = poll.join().expect(200).json().get("messages");
        assertEquals(List.of(other), ApiClient.each(messages, "group"));
    }

    @Test
    void aPositionFromOneServerIsValidOnTheOther() {
        long id = alice.send(group, "once");
        String since = bob.poll("").get("next").asText();
        ApiClient bobHere = HERE.as(bob);

        assertEquals(0, bobHere.poll(since).get("messages").size());
        assertEquals(id, bobHere.poll("").at("/messages/0/id").asLong());
    }

    @Test
    void aClientIdUsedOnOneServerIsKnownOnTheOther() {
        Map<String, String> body = Map.of("text", "once", "client_id", "c-1");

        alice.post("/v1/groups/" + group + "/messages", body).expect(201);

        there.as(alice).post("/v1/groups/" + group + "/messages", body).expect(200);
    }

    @Test
    void aPollOnOneServerMakesTheUserOnlineOnTheOther() {
        bob.get("/v1/me").expect(200);

        eventually(
                "bob is online",
                () -> alice.get("/v1/groups/" + group + "/members")
                        .json()
                        .at("/members/1/online")
                        .asBoolean());
    }
}
