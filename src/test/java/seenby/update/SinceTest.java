package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;
import seenby.support.ApiClient;
import seenby.support.Eventually;
import seenby.support.RunningServer;

/** Which values of {@code since} are accepted. */
class SinceTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);

    @Test
    void aSinceOfAnotherServerOrUserIsRefused() {
        ann.send(group, "text");
        String anns = ann.poll("").get("next").asText();
        String bobs = bob.poll("").get("next").asText();
        String turned = (bobs.charAt(0) == 'A' ? "B" : "A") + bobs.substring(1);
        for (String since : List.of(
                anns,
                bobs.substring(0, bobs.length() - 3),
                bobs.substring(0, 8),
                bobs + bobs,
                turned,
                "x",
                "0",
                "a".repeat(5000),
                "ü€😀",
                "../../etc",
                "null",
                "\n")) {
            assertEquals(
                    "since",
                    bob.get(ApiClient.pollPath(since, 0, 100))
                            .problem(422, "invalid")
                            .get("field")
                            .asText());
        }
    }

    @Test
    void aPositionBeyondTheLastMessageIsForgotten() {
        String other = SERVER.group(ann, bob);
        ann.send(group, "one");
        ann.send(group, "two");
        ann.send(other, "of another group");
        String since = bob.poll("").get("next").asText();
        SERVER.redis().client().hset("sb:{" + group + "}:info", "last_id", "1");

        assertForgotten(bob.poll(since), 2, group, other);
        assertForgotten(bob.poll(since, 20), 2, group, other);
    }

    @Test
    void aPositionBeyondTheLastReadOrNudgeIsForgotten() {
        ann.send(group, "one");
        ann.post("/v1/groups/" + group + "/messages/1/nudge").expect(200);
        String bobs = bob.poll("").get("next").asText();
        bob.ack(group, 1);
        String anns = ann.poll("").get("next").asText();
        SERVER.redis().client().hset("sb:{" + group + "}:info", Map.of("last_read", "0", "last_nudge", "0"));

        assertForgotten(ann.poll(anns), 0, group);
        assertForgotten(bob.poll(bobs), 0, group);
    }

    @Test
    void acksBesideAForgottenPositionAreSkippedAlsoImpossibleOnes() {
        String other = SERVER.group(ann, bob);
        ann.send(group, "one");
        ann.send(other, "one");
        ann.send(other, "two");
        String since = bob.poll("").get("next").asText();
        SERVER.redis().client().hset("sb:{" + other + "}:info", "last_id", "1");

        JsonNode update = bob.post(
                        "/v1/updates", Map.of("since", since, "ack", Map.of(group, 1, other, 2, "nowhere", 1)))
                .expect(200)
                .json();

        assertForgotten(update, 2, group, other);
        assertEquals(List.of("nowhere"), ApiClient.texts(update.get("left")));
        for (String id : List.of(group, other)) {
            assertEquals(0, bob.get("/v1/groups/" + id).json().get("last_ack").asLong());
        }
    }

    @Test
    void aPositionOfAnotherLineOfHistoryIsForgotten() {
        ann.send(group, "one");
        String since = bob.poll("").get("next").asText();
        setBack();
        ann.send(group, "two");

        JsonNode update = bob.post("/v1/updates", Map.of("since", since, "ack", Map.of(group, 1)))
                .expect(200)
                .json();

        assertForgotten(update, 2, group);
        assertTrue(
                bob.poll(update.get("next").asText()).get("resync").isEmpty(), "the new position is of the new line");
    }

    @Test
    void aForgottenPositionIsReplacedAlsoForAUserWithoutGroups() {
        ApiClient cem = SERVER.user("cem");
        String since = cem.poll("").get("next").asText();
        setBack();

        assertNotEquals(since, cem.poll(since).get("next").asText());
    }

    @Test
    void anOpenPollIsAnsweredWhenANewLineOfHistoryBegins() throws Exception {
        ann.send(group, "one");
        String since = bob.poll("").get("next").asText();
        CompletableFuture<ApiClient.Answer> poll = bob.polling(since, 50);
        SERVER.awaitPolls(1);

        setBack();

        assertForgotten(poll.get(10, TimeUnit.SECONDS).expect(200).json(), 1, group);
    }

    /** Redis has a number below the one that the server remembers, and its connections are lost, as by a failover. */
    private static void setBack() {
        String before = SERVER.redis().client().hget("sb:line", "name");
        SERVER.redis().client().hset("sb:line", "number", "0");
        try (Jedis connection = SERVER.redis().connection()) {
            connection.clientKill(ClientKillParams.clientKillParams().type(ClientType.PUBSUB));
        }
        ApiClient anybody = SERVER.user("anybody");
        Eventually.eventually("a new line has begun", () -> {
            anybody.poll("");
            return !before.equals(SERVER.redis().client().hget("sb:line", "name"));
        });
    }

    private static void assertForgotten(JsonNode update, int messages, String... groups) {
        assertEquals(List.of(groups), ApiClient.texts(update.get("resync")));
        assertEquals(messages, update.get("messages").size());
    }

    @Test
    void aSinceIsStillValidAfterARestart() {
        ann.send(group, "before");
        String since = bob.poll("").get("next").asText();
        SERVER.restart();
        ann.send(group, "after");

        assertEquals(List.of("after"), ApiClient.each(bob.poll(since).get("messages"), "text"));
    }

    @Test
    void anExpiredPositionStartsAtTheUnreadMessagesWithAllGroupsInResync() {
        ApiClient cat = SERVER.user("cat");
        String prefix = "long-".repeat(10);
        List<String> groups = IntStream.range(100, 140)
                .mapToObj(i -> prefix + cat.id() + "-" + i)
                .toList();
        groups.forEach(group -> ann.post("/v1/groups", Map.of("id", group, "members", List.of(cat.id())))
                .expect(201));
        groups.forEach(group -> ann.send(group, "unread"));
        String since = cat.poll("").get("next").asText();
        cat.ack(groups.get(0), 1);
        String key = "sb:user:{" + cat.id() + "}:position:*";
        assertFalse(
                SERVER.redis().client().keys(key).isEmpty(),
                "the position of 40 groups with long ids does not fit a URL");
        SERVER.redis().client().keys(key).forEach(SERVER.redis().client()::del);
        // or the server would remember the position
        SERVER.restart();

        JsonNode update = cat.poll(since);

        assertEquals(groups, ApiClient.texts(update.get("resync")));
        assertEquals(groups.subList(1, 40), ApiClient.each(update.get("messages"), "group"));
        JsonNode later = cat.poll(update.get("next").asText());
        assertEquals(0, later.get("resync").size());
        assertEquals(0, later.get("messages").size());
    }

    @Test
    void anEmptySinceCountsAsMissing() {
        ann.send(group, "unread");

        assertEquals(1, bob.get("/v1/updates?since=").json().get("messages").size());
    }
}
