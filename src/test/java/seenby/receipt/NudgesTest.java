package seenby.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
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

/** A nudge reminds only the members who have not read the message. */
class NudgesTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer(Sweeps.RETENTION);

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient carol = SERVER.user("carol");
    private final ApiClient owner = SERVER.user("owner");
    private final String group = SERVER.group(owner, ann, bob, carol);

    private Answer nudge(ApiClient by, long id) {
        return by.post("/v1/groups/" + group + "/messages/" + id + "/nudge");
    }

    private static String next(ApiClient user) {
        return user.poll("").get("next").asText();
    }

    @Test
    void aNudgeReachesTheOpenPollsOfMembersWhoHaveNotReadTheMessage() throws Exception {
        ann.send(group, "please read");
        bob.ack(group, 1);
        CompletableFuture<Answer> reader = bob.polling(next(bob), 2);
        CompletableFuture<Answer> other = carol.polling(next(carol), 30);
        SERVER.awaitPolls(2);

        JsonNode nudge = nudge(ann, 1).expect(200).json();

        JsonNode update = other.get(5, TimeUnit.SECONDS).expect(200).json();
        assertEquals(List.of(nudge), List.of(update.get("nudges").get(0)));
        assertEquals("[\"group\",\"id\",\"by\",\"at\"]", names(nudge));
        assertEquals(ann.id(), nudge.get("by").asText());
        assertEquals(0, reader.get().expect(200).json().get("nudges").size());
        assertEquals(0, carol.poll(update.get("next").asText()).get("nudges").size(), "a nudge is reported once");
    }

    private static String names(JsonNode object) {
        StringBuilder names = new StringBuilder();
        object.fieldNames()
                .forEachRemaining(name -> names.append(names.isEmpty() ? "" : ",")
                        .append('"')
                        .append(name)
                        .append('"'));
        return "[" + names + "]";
    }

    @Test
    void aMemberWhoWasOfflineGetsTheNudgeLater() {
        ann.send(group, "one");
        String since = next(bob);
        ann.send(group, "two");
        nudge(ann, 1).expect(200);
        nudge(ann, 2).expect(200);

        JsonNode again = bob.poll(since);
        assertEquals(List.of("1", "2"), ApiClient.each(again.get("nudges"), "id"));
        assertEquals(again, bob.poll(since), "the same since gives the same nudges");
        assertEquals(List.of("1", "2"), ApiClient.each(bob.poll("").get("nudges"), "id"), "also without since");
        bob.ack(group, 1);
        assertEquals(
                List.of("2"),
                ApiClient.each(bob.poll(since).get("nudges"), "id"),
                "a message that is read has no nudge");
    }

    @Test
    void aMessageIsNudgedOnceInTenMinutesAndOnlyTheNewestNudgeIsKept() {
        ann.send(group, "one");
        nudge(ann, 1).expect(200);
        SERVER.clock().move(Duration.ofMinutes(4));

        Answer early = nudge(owner, 1);

        early.problem(429, "rate_limited");
        int wait = Integer.parseInt(early.header("Retry-After"));
        assertTrue(wait > 300 && wait <= 360, () -> "Retry-After: " + wait);
        SERVER.clock().move(Duration.ofSeconds(wait));
        nudge(owner, 1).expect(200);
        JsonNode nudges = bob.poll("").get("nudges");
        assertEquals(List.of(owner.id()), ApiClient.each(nudges, "by"));
    }

    @Test
    void onlyTheSenderAndTheOwnerCanNudge() {
        ann.send(group, "one");

        nudge(bob, 1).problem(403, "forbidden");
        nudge(SERVER.user("stranger"), 1).problem(404, "not_found");
        nudge(SERVER.admin(), 1).problem(404, "not_found");
        nudge(ann, 2).problem(404, "not_found");
        ann.post("/v1/groups/" + group + "/messages/1/nudge", Map.of("text", "now!"))
                .problem(422, "invalid");
        ann.post("/v1/groups/" + group + "/messages/1/nudge?loud=1").problem(422, "invalid");
        assertEquals(0, bob.poll("").get("nudges").size());
        nudge(owner, 1).expect(200);
    }

    @Test
    void aMessageWithoutReceiptsCannotBeNudged() {
        owner.patch("/v1/groups/" + group, Map.of("receipts", "off")).expect(200);
        ann.send(group, "one");

        nudge(ann, 1).problem(404, "not_found");
    }

    @Test
    void aMemberWhoOwesNoReceiptGetsNoNudge() {
        carol.patch("/v1/me", Map.of("send_read_receipts", false)).expect(200);
        ann.send(group, "one");
        ApiClient dave = SERVER.user("dave");
        owner.put("/v1/groups/" + group + "/members/" + dave.id()).expect(201);
        nudge(ann, 1).expect(200);

        assertEquals(1, bob.poll("").get("nudges").size());
        assertEquals(0, carol.poll("").get("nudges").size(), "opted out");
        assertEquals(0, dave.poll("").get("nudges").size(), "joined later");
        assertEquals(0, ann.poll("").get("nudges").size(), "wrote it");
    }

    @Test
    void anArchivedMessageCannotBeNudgedAndItsNudgesAreDeleted() {
        String since = next(bob);
        ann.send(group, "one");
        nudge(ann, 1).expect(200);
        Sweeps.sweep(SERVER, group);

        nudge(ann, 1).problem(409, "conflict");
        nudge(owner, 1).problem(409, "conflict");
        nudge(bob, 1).problem(403, "forbidden");
        nudge(SERVER.user("stranger"), 1).problem(404, "not_found");
        assertEquals(0, bob.poll(since).get("nudges").size());
        assertFalse(SERVER.redis().client().exists(Sweeps.key(group, "nudges")));
        assertFalse(SERVER.redis().client().exists(Sweeps.key(group, "nudged")));
    }

    @Test
    void manyNudgesComeInOneAnswerInOrder() {
        for (int i = 1; i <= 1100; i++) {
            ann.send(group, "message " + i);
        }
        for (int id = 1100; id >= 1; id--) {
            nudge(ann, id).expect(200);
        }
        bob.ack(group, 1000);

        JsonNode update = bob.poll("");

        List<String> ids = ApiClient.each(update.get("nudges"), "id");
        assertEquals(100, ids.size());
        assertEquals("1100", ids.get(0));
        assertEquals("1001", ids.get(99));
    }
}
