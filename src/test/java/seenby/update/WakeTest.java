package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.RunningServer;

/** No wake is lost, whatever happens at the same time, and one look at Redis serves many polls. */
class WakeTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("receipts.coalesce=0s");

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");

    @Test
    void aMessageSentWhileAPollArrivesIsNotLost() throws Exception {
        String group = SERVER.group(ann, bob);
        String since = next(bob.poll(""));
        Random random = new Random(11);
        for (int round = 1; round <= 1000; round++) {
            CompletableFuture<Answer> poll = bob.polling(since, 30);
            LockSupport.parkNanos(random.nextInt(3_000_000));
            ann.send(group, "round " + round);

            JsonNode update = poll.get(10, TimeUnit.SECONDS).expect(200).json();

            assertEquals(List.of(Integer.toString(round)), ApiClient.each(update.get("messages"), "id"));
            since = next(update);
        }
    }

    @Test
    void anAckMadeWhileAPollArrivesIsNotLost() throws Exception {
        String group = SERVER.group(ann, bob);
        String since = next(ann.poll(""));
        for (int round = 1; round <= 60; round++) {
            since = next(ann.poll(since)); // the answer is empty or has the user's own message
            ann.send(group, "round " + round);
            since = next(ann.poll(since));
            CompletableFuture<Answer> poll = ann.polling(since, 30);
            bob.ack(group, round);

            JsonNode update = poll.get(10, TimeUnit.SECONDS).expect(200).json();

            assertEquals(List.of(Integer.toString(round)), ApiClient.each(update.get("reads"), "upto"));
            since = next(update);
        }
    }

    @Test
    void everyPollLooksAgainAfterTheSubscriptionWasLost() throws Exception {
        String group = SERVER.group(ann, bob);
        for (int round = 0; round < 30; round++) {
            List<CompletableFuture<Answer>> polls = Stream.of(ann, bob, ann, bob)
                    .map(user -> user.polling(next(user.poll("")), 30))
                    .toList();
            killSubscription();
            long id = ann.send(group, "while nobody listens");
            bob.ack(group, id);
            for (CompletableFuture<Answer> poll : polls) {
                Answer answer = poll.get(10, TimeUnit.SECONDS).expect(200);
                assertTrue(answer.json().get("messages").size()
                                + answer.json().get("reads").size()
                        > 0);
            }
            ann.ack(group, id);
        }
    }

    @Test
    void aTokenRevokedWithoutASubscriptionEndsItsPolls() throws Exception {
        for (int round = 0; round < 10; round++) {
            ApiClient dan = SERVER.user("dan");
            CompletableFuture<Answer> poll = dan.polling(next(dan.poll("")), 30);
            assertThrows(TimeoutException.class, () -> poll.get(30, TimeUnit.MILLISECONDS));
            killSubscription();
            SERVER.admin().post("/v1/users/" + dan.id() + "/token").expect(200);

            poll.get(10, TimeUnit.SECONDS).problem(401, "unauthorized");
        }
    }

    @Test
    void aTokenRevokedWhileAPollArrivesEndsThePoll() throws Exception {
        List<ApiClient> users =
                IntStream.range(0, 60).mapToObj(i -> SERVER.user("eve")).toList();
        for (ApiClient eve : users) {
            CompletableFuture<Answer> poll = eve.polling("", 30);
            SERVER.admin().post("/v1/users/" + eve.id() + "/token").expect(200);

            poll.get(10, TimeUnit.SECONDS).problem(401, "unauthorized");
        }
    }

    @Test
    void aWakeOfAnotherGroupWithTheSameIdIsNotBelieved() throws Exception {
        String group = SERVER.group(ann, bob);
        CompletableFuture<Answer> poll = bob.polling(next(bob.poll("")), 30);
        SERVER.awaitPolls(1);
        long before = rangeReads();
        SERVER.redis().client().publish("sb:wakes@0", "message " + group + " 0123456789 1");
        assertThrows(TimeoutException.class, () -> poll.get(300, TimeUnit.MILLISECONDS));
        assertEquals(before, rangeReads(), "it looks at no messages");

        ann.send(group, "the first");

        assertEquals(
                List.of("the first"),
                ApiClient.each(poll.get(5, TimeUnit.SECONDS).expect(200).json().get("messages"), "text"));
    }

    @Test
    void anUnknownWakeHasNoEffect() throws Exception {
        String group = SERVER.group(ann, bob);
        for (String unknown : List.of(
                "", "message", "message NO 1 1", "message g 1 x", "message g 1", "read g", "news of a later version")) {
            CompletableFuture<Answer> poll = bob.polling(next(bob.poll("")), 30);
            SERVER.redis().client().publish("sb:wakes@0", unknown);
            long id = ann.send(group, "after " + unknown);

            assertEquals(200, poll.get(10, TimeUnit.SECONDS).status());
            bob.ack(group, id);
        }
    }

    @Test
    void aWakeOfManyPollsIsOneReadOfRedis() throws Exception {
        ApiClient[] members =
                IntStream.range(0, 200).mapToObj(i -> SERVER.user("m")).toArray(ApiClient[]::new);
        String group = SERVER.group(ann, members);
        List<CompletableFuture<Answer>> polls = Stream.of(members)
                .map(member -> member.polling(next(member.poll("")), 30))
                .toList();
        SERVER.awaitPolls(200);
        long before = rangeReads();

        ann.send(group, "to all of you");

        for (CompletableFuture<Answer> poll : polls) {
            JsonNode update = poll.get(10, TimeUnit.SECONDS).expect(200).json();
            assertEquals(List.of("to all of you"), ApiClient.each(update.get("messages"), "text"));
        }
        assertEquals(1, rangeReads() - before);
    }

    /** The number of XRANGE calls: reads of messages, since this test has no receipts. */
    private static long rangeReads() {
        return SERVER.redis()
                .client()
                .info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_xrange:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^=]*=(\\d+),.*", "$1")))
                .sum();
    }

    private static void killSubscription() {
        try (var connection = new redis.clients.jedis.Jedis(SERVER.redis().url())) {
            connection.clientKill(ClientKillParams.clientKillParams().type(ClientType.PUBSUB));
        }
    }

    private static String next(JsonNode update) {
        return update.get("next").asText();
    }
}
