package seenby.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.RunningServer;

/** The rate limit of each user. */
class RateLimitsTest {
    private static final int MOST = 10;

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("rate.requests_per_second=" + MOST);

    /** The first answer that refuses a request, among far more requests than the limit allows. */
    private static Optional<Answer> refused(ApiClient client, String path) {
        return IntStream.range(0, 20 * MOST)
                .mapToObj(i -> client.get(path))
                .filter(answer -> answer.status() != 200)
                .findFirst();
    }

    private static void assertCounted(Answer answer) {
        assertEquals(Integer.toString(MOST), answer.header("X-RateLimit-Limit"), answer.toString());
        assertTrue(Integer.parseInt(answer.header("X-RateLimit-Remaining")) < MOST, answer.toString());
        assertTrue(Integer.parseInt(answer.header("X-RateLimit-Reset")) >= 1, answer.toString());
    }

    @Test
    void everyAnswerTellsHowManyRequestsAreLeft() {
        ApiClient ann = SERVER.user("ann");

        Stream.of(
                        ann.get("/v1/me").expect(200),
                        ann.get("/v1/groups/none").expect(404),
                        ann.get("/v1/nowhere").expect(404),
                        ann.get("/v1/me?x=1").expect(422),
                        ann.put("/v1/me").expect(405),
                        ann.get("/v1/updates").expect(200))
                .forEach(RateLimitsTest::assertCounted);
    }

    @Test
    void onlyTheUserBeyondTheLimitIsRefusedAndToldWhenToRetry() {
        List<ApiClient> people = SERVER.users("ann", "bob");

        Answer answer = refused(people.get(0), "/v1/me").orElseThrow();

        answer.problem(429, "rate_limited");
        assertCounted(answer);
        assertEquals("0", answer.header("X-RateLimit-Remaining"));
        assertEquals("1", answer.header("Retry-After"));
        people.get(1).get("/v1/me").expect(200);
    }

    @Test
    void anEmptyPollThatDidNotWaitIsCounted() {
        ApiClient ann = SERVER.user("ann");
        ApiClient bob = SERVER.user("bob");

        refused(ann, "/v1/updates").orElseThrow().problem(429, "rate_limited");
        refused(bob, "/v1/updates?timeout=0").orElseThrow().problem(429, "rate_limited");
    }

    /** The requests beside the polls use up the limit, so what is left at the end was given back. */
    @Test
    void aPollThatWaitedAndEndsWithoutNewsIsNotCounted() {
        ApiClient ann = SERVER.user("ann");

        List<CompletableFuture<Answer>> polls = IntStream.range(0, MOST - 2)
                .mapToObj(i -> ann.later("GET", "/v1/updates?timeout=5", BodyPublishers.noBody(), Map.of()))
                .toList();
        SERVER.awaitPolls(MOST - 2);
        while (polls.stream().noneMatch(CompletableFuture::isDone)) {
            ann.get("/v1/me");
        }
        polls.forEach(poll -> poll.join().expect(200));

        assertTrue(remaining(ann.get("/v1/me").expect(200)) >= MOST / 2);
    }

    private static int remaining(Answer answer) {
        return Integer.parseInt(answer.header("X-RateLimit-Remaining"));
    }

    @Test
    void aPollThatEndsWithNewsIsCounted() {
        ApiClient ann = SERVER.user("ann");
        ApiClient bob = SERVER.user("bob");
        ann.send(SERVER.group(ann, bob), "news");

        refused(bob, "/v1/updates").orElseThrow().problem(429, "rate_limited");
    }
}
