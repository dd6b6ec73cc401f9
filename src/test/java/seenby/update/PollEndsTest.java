package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.RunningServer;

/** How open polls end when their user or their server does. */
class PollEndsTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");

    @Test
    void aNewTokenEndsAllPollsOfThePreviousToken() throws Exception {
        String group = SERVER.group(ann, bob);
        CompletableFuture<Answer> other = ann.polling(ann.poll("").get("next").asText(), 30);
        List<CompletableFuture<Answer>> polls = waiting(bob, 3, 4);

        bob.post("/v1/users/" + bob.id() + "/token").expect(200);

        for (CompletableFuture<Answer> poll : polls) {
            poll.get(5, TimeUnit.SECONDS).problem(401, "unauthorized");
        }
        SERVER.awaitPolls(1);
        ann.send(group, "another user's goes on");
        other.get(5, TimeUnit.SECONDS).expect(200);
    }

    @Test
    void deletingAUserEndsItsPolls() throws Exception {
        SERVER.group(ann, bob);
        SERVER.group(bob, ann);
        List<CompletableFuture<Answer>> polls = waiting(bob, 3, 3);

        SERVER.admin().delete("/v1/users/" + bob.id()).expect(204);

        for (CompletableFuture<Answer> poll : polls) {
            poll.get(5, TimeUnit.SECONDS).problem(401, "unauthorized");
        }
        bob.get("/v1/updates").problem(401, "unauthorized");
    }

    @Test
    void aShutdownEndsAllPollsWithTheNewsSoFar() throws Exception {
        String group = SERVER.group(ann, bob);
        ann.send(group, "read by bob, and not told yet");
        String since = ann.poll("").get("next").asText();
        List<CompletableFuture<Answer>> polls = waiting(bob, 60, 60);
        CompletableFuture<Answer> sender = ann.polling(since, 30);
        SERVER.awaitPolls(61);
        bob.ack(group, 1);

        SERVER.restart();

        for (CompletableFuture<Answer> poll : polls) {
            poll.get(5, TimeUnit.SECONDS).expect(200);
        }
        assertEquals(1, sender.get().expect(200).json().get("reads").size());
    }

    /** Opens polls; returns when they wait because there is no news. */
    private static List<CompletableFuture<Answer>> waiting(ApiClient user, int count, int withOthers) {
        String since = user.poll("").get("next").asText();
        List<CompletableFuture<Answer>> polls =
                IntStream.range(0, count).mapToObj(i -> user.polling(since, 30)).toList();
        SERVER.awaitPolls(withOthers);
        return polls;
    }
}
