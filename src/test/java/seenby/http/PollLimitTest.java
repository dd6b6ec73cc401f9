package seenby.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.EventSource;
import seenby.support.RunningServer;

/** How many polls, streams and waits a user may have open at once. */
class PollLimitTest {
    private static final int MOST = 3;

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("polls.per_user=" + MOST);

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);
    private final String receipts = "/v1/groups/" + group + "/messages/1/receipts?wait=50";

    private CompletableFuture<Answer> waiting() {
        return ann.later("GET", receipts, BodyPublishers.noBody(), Map.of());
    }

    private EventSource stream(String query) {
        return EventSource.open(SERVER.port(), ann, query, Map.of());
    }

    @Test
    void pollsStreamsAndWaitsTogetherAreLimited() throws Exception {
        ann.send(group, "text");
        String since = ann.poll("").get("next").asText();
        try (EventSource stream = stream("?since=" + since)) {
            List<CompletableFuture<Answer>> open = List.of(waiting(), ann.polling(since, 50));
            SERVER.awaitPolls(MOST);
            assertTrue(stream.header("Content-Type").orElseThrow().startsWith("text/event-stream"));

            for (Answer refused : List.of(
                    ann.get("/v1/updates?timeout=5"),
                    ann.post("/v1/updates", Map.of("ack", Map.of())),
                    ann.call("GET", "/v1/updates", BodyPublishers.noBody(), Map.of("Accept", "text/event-stream")),
                    ann.get(receipts))) {
                refused.problem(429, "rate_limited");
                assertEquals("1", refused.header("Retry-After"));
            }
            ann.receipts(group, 1);
            bob.get("/v1/updates").expect(200);

            bob.ack(group, 1);
            for (CompletableFuture<Answer> answer : open) {
                answer.join().expect(200);
            }
            ann.get("/v1/updates").expect(200);
        }
    }

    @Test
    void whateverEndsMakesRoom() {
        ann.send(group, "text");
        for (int i = 0; i < 2 * MOST; i++) {
            ann.get("/v1/updates").expect(200);
            ann.get("/v1/updates?since=x").problem(422, "invalid");
            bob.get(receipts).problem(403, "forbidden");
        }
        for (int i = 0; i < MOST; i++) {
            stream("").close();
        }
        List<CompletableFuture<Answer>> open = new ArrayList<>();
        eventually("the streams have ended, which fail to write", () -> {
            bob.send(group, "news");
            return ann.get("/v1/updates").status() == 200;
        });
        SERVER.awaitPolls(0);
        for (int i = 0; i < MOST; i++) {
            open.add(waiting());
        }
        bob.ack(group, 1);
        open.forEach(answer -> answer.join().expect(200));
    }
}
