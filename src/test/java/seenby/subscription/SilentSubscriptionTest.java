package seenby.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static seenby.support.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.RedisProxy;
import seenby.support.RunningServer;
import seenby.support.Scrape;
import seenby.support.TestRedis;
import seenby.support.Tools;

/**
 * A server whose connections to Redis stay open and bring nothing. The other server on the same Redis has good ones.
 */
class SilentSubscriptionTest {
    /** Two to three seconds until it is noticed, more on a busy machine, but less than a poll waits. */
    private static final int NOTICED_SECONDS = 40;

    private static final int POLL_SECONDS = 55;

    private static final int DEAD_CONNECTIONS = 12;

    /** So long a request waits for an answer of Redis. */
    private static final int ANSWER_SECONDS = 5;

    @RegisterExtension
    static final RunningServer THERE = new RunningServer("receipts.coalesce=0s");

    private static RunningServer here = THERE;
    private static RedisProxy proxy = new RedisProxy(THERE.redis().url());

    private final ApiClient ann = THERE.user("ann");
    private final ApiClient bob = here.as(THERE.user("bob"));
    private final String group = THERE.group(ann, bob);

    @BeforeAll
    static void startTheServerBehindTheProxy() {
        here = THERE.another(proxy);
    }

    @BeforeEach
    void isAlive() {
        awaitSubscription(1);
    }

    @AfterEach
    void resume() {
        proxy.resume();
    }

    @AfterAll
    static void stopIt() {
        here.stop();
        proxy.close();
    }

    private static double metric(String sample) {
        return Scrape.by(here.admin()).value(sample);
    }

    private static double doubts() {
        return metric("seenby_rooms_stale_total{cause=\"subscription\"}");
    }

    private static void awaitSubscription(int up) {
        eventually("the subscription is " + up, () -> metric("seenby_subscription_up") == up);
    }

    private static String subscription() {
        return here.nobody()
                .get("/readyz")
                .expect(200)
                .json()
                .get("subscription")
                .asText();
    }

    /** A poll that waits. */
    private static CompletableFuture<Answer> waiting(ApiClient user) {
        String since = next(user.poll(""));
        return user.polling(since, POLL_SECONDS);
    }

    private static String next(JsonNode update) {
        return update.get("next").asText();
    }

    private static JsonNode news(CompletableFuture<Answer> poll) throws Exception {
        return poll.get(NOTICED_SECONDS, TimeUnit.SECONDS).expect(200).json();
    }

    private static List<String> texts(JsonNode update) {
        return ApiClient.each(update.get("messages"), "text");
    }

    @Test
    void messagesReachOpenPollsAlthoughTheSubscriptionIsDead() throws Exception {
        ApiClient cat = here.as(THERE.user("cat"));
        String other = THERE.group(ann, cat);
        CompletableFuture<Answer> bobs = waiting(bob);
        CompletableFuture<Answer> cats = waiting(cat);
        here.awaitPolls(2);
        proxy.stallSubscriptions();

        ann.send(group, "by the other server");
        here.as(ann).send(other, "by the same server");

        assertEquals(List.of("by the other server"), texts(news(bobs)));
        assertEquals(List.of("by the same server"), texts(news(cats)));
        awaitSubscription(1);
        assertEquals("ok", subscription());
    }

    @Test
    void whereNoSubscriptionIsPossiblePollsAreServedByLooking() throws Exception {
        CompletableFuture<Answer> poll = waiting(bob);
        here.awaitPolls(1);
        proxy.stallAllSubscriptions();
        // or the first look of the poll, which may come late, finds the message
        awaitSubscription(0);
        ann.send(group, "one");

        JsonNode first = news(poll);

        assertEquals(List.of("one"), texts(first));
        assertEquals("failing", subscription());
        assertEquals(0, metric("seenby_subscription_up"));
        assertEquals(0, first.get("resync").size());
        CompletableFuture<Answer> second = bob.polling(next(first), POLL_SECONDS);
        CompletableFuture<Answer> receipts = here.as(ann)
                .later(
                        "GET",
                        "/v1/groups/" + group + "/messages/1/receipts?wait=" + POLL_SECONDS,
                        BodyPublishers.noBody(),
                        Map.of());
        here.awaitPolls(2);
        String joined = THERE.group(ann, THERE.as(bob));
        ann.send(joined, "in a group that it has just joined");
        THERE.as(bob).ack(group, 1);

        assertEquals(List.of("in a group that it has just joined"), texts(news(second)));
        assertEquals(1, news(receipts).get("read").asInt());
        revokeWithoutAWake();
        proxy.resume();
        awaitSubscription(1);
        assertEquals("ok", subscription());
    }

    private void revokeWithoutAWake() throws Exception {
        ApiClient dan = here.as(THERE.user("dan"));
        String danGroup = THERE.group(ann, dan);
        dan.get("/v1/me").expect(200);
        CompletableFuture<Answer> poll = waiting(dan);
        here.awaitPolls(1);

        THERE.admin().post("/v1/users/" + dan.id() + "/token").expect(200);

        dan.get("/v1/me").problem(401, "unauthorized");
        ann.send(danGroup, "not for a revoked token");
        poll.get(NOTICED_SECONDS, TimeUnit.SECONDS).problem(401, "unauthorized");
    }

    @Test
    void aRedisThatStopsForThreeSecondsLosesNothingAndTheSubscriptionGoesOn() throws Exception {
        assumeFalse(TestRedis.isExternal());
        ApiClient cat = here.as(THERE.user("cat"));
        THERE.group(ann, cat);
        CompletableFuture<Answer> other = waiting(cat);
        CompletableFuture<Answer> poll = waiting(bob);
        here.awaitPolls(2);
        double before = doubts();
        Set<String> subscriptions = subscriptions();
        CompletableFuture<Long> sent;
        signal("STOP");
        try {
            sent = CompletableFuture.supplyAsync(this::sendUntilAnswered);
            awaitSubscription(0);
        } finally {
            signal("CONT");
        }

        assertEquals(List.of("while Redis has stopped"), texts(news(poll)));
        assertEquals(1, sent.join());
        awaitSubscription(1);
        assertEquals(subscriptions, subscriptions());
        assertTrue(doubts() - before <= 1, "at most the group that has changed");
        assertFalse(other.isDone());
        THERE.as(cat).post("/v1/users/" + cat.id() + "/token").expect(200);
        other.get(NOTICED_SECONDS, TimeUnit.SECONDS).problem(401, "unauthorized");
    }

    /** As a client does. */
    private long sendUntilAnswered() {
        Map<String, String> message = Map.of("text", "while Redis has stopped", "client_id", "c-1");
        Answer answer = ann.post("/v1/groups/" + group + "/messages", message);
        while (answer.status() == 503) {
            answer = ann.post("/v1/groups/" + group + "/messages", message);
        }
        return answer.json().get("id").asLong();
    }

    /** The ids of the connections of both servers. */
    private static Set<String> subscriptions() {
        try (Jedis connection = THERE.redis().connection()) {
            return connection
                    .clientList(ClientType.PUBSUB)
                    .lines()
                    .map(line -> line.split(" ", 2)[0])
                    .collect(Collectors.toSet());
        }
    }

    /** Makes many connections that wait for requests. */
    private static void fillThePool() {
        long before = THERE.redis().calls("smembers");
        proxy.holdAnswersTo("SMEMBERS");
        List<CompletableFuture<Answer>> requests = IntStream.range(0, DEAD_CONNECTIONS)
                .mapToObj(i -> here.admin().later("GET", "/v1/users", BodyPublishers.noBody(), Map.of()))
                .toList();
        eventually("each has a connection", () -> THERE.redis().calls("smembers") - before >= DEAD_CONNECTIONS);
        proxy.resume();
        requests.forEach(request -> request.join().expect(200));
    }

    private static void signal(String name) {
        assertTrue(Tools.work("kill -" + name + " " + THERE.redis().pid()));
    }

    @Test
    void aNewSubscriptionComesAlthoughAllConnectionsAreDead() throws Exception {
        CompletableFuture<Answer> poll = waiting(bob);
        here.awaitPolls(1);
        fillThePool();
        proxy.stallEverything();
        long begin = System.nanoTime();

        awaitSubscription(0);
        awaitSubscription(1);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
        assertTrue(
                seconds < DEAD_CONNECTIONS * ANSWER_SECONDS,
                () -> seconds + " s, as if each dead connection were tried");

        assertFalse(poll.isDone());
        ann.send(group, "by a new connection");
        assertEquals(List.of("by a new connection"), texts(news(poll)));
    }
}
