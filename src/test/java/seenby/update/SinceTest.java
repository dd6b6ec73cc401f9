package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
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
    void aPositionBeyondTheLastMessageIsRefused() {
        ann.send(group, "one");
        ann.send(group, "two");
        String since = bob.poll("").get("next").asText();
        SERVER.redis().client().hset("sb:{" + group + "}:info", "last_id", "1");

        bob.get(ApiClient.pollPath(since, 0, 100)).problem(422, "invalid");
        bob.get(ApiClient.pollPath(since, 20, 100)).problem(422, "invalid");
    }

    @Test
    void aPositionBeyondTheLastReadIsRefused() {
        ann.send(group, "one");
        bob.ack(group, 1);
        String since = ann.poll("").get("next").asText();
        SERVER.redis().client().hset("sb:{" + group + "}:info", "last_read", "0");

        ann.get(ApiClient.pollPath(since, 0, 100)).problem(422, "invalid");
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
    void anEmptySinceCountsAsMissing() {
        ann.send(group, "unread");

        assertEquals(1, bob.get("/v1/updates?since=").json().get("messages").size());
    }
}
