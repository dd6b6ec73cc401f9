package seenby.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.EventSource;
import seenby.support.RunningServer;
import seenby.support.Scrape;

/** The metrics of a server follow what happens on it. */
class MetricsTest {
    private static final int MOST_POLLS = 3;

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer("polls.per_user=" + MOST_POLLS, "rate.requests_per_second=1000", "receipts.coalesce=0s");

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);
    private Scrape before = now();

    @BeforeEach
    void nobodyWaits() {
        SERVER.awaitPolls(0);
        before = now();
    }

    private static Scrape now() {
        return Scrape.by(SERVER.admin());
    }

    private double growth(String sample) {
        return now().value(sample) - before.value(sample);
    }

    private void eventuallyGrows(String sample, double by) {
        eventually(sample + " grows by " + by + ", not " + growth(sample), () -> growth(sample) == by);
    }

    private static void eventuallyIs(String sample, double value) {
        eventually(sample + " is " + value, () -> now().value(sample) == value);
    }

    private CompletableFuture<Answer> receiptWait() {
        return ann.later(
                "GET", "/v1/groups/" + group + "/messages/1/receipts?wait=50", BodyPublishers.noBody(), Map.of());
    }

    /** The server notices that a reader has gone when a write fails. */
    private void endStream() {
        eventually("the stream has ended", () -> {
            ann.send(group, "more");
            return now().value("seenby_streams_open") == 0;
        });
        ann.send(group, "and what waits for its next message");
    }

    @Test
    void whateverIsOpenIsCountedUntilItEnds() {
        ann.send(group, "one");
        String since = bob.poll("").get("next").asText();
        CompletableFuture<Answer> poll = bob.polling(since, 50);
        CompletableFuture<Answer> wait = receiptWait();
        try (EventSource stream = EventSource.open(SERVER.port(), ann, "?since=", Map.of())) {
            SERVER.awaitPolls(3);
            Scrape open = now();

            assertEquals(1, open.value("seenby_polls_open"));
            assertEquals(1, open.value("seenby_streams_open"));
            assertEquals(1, open.value("seenby_receipt_waits_open"));
            assertTrue(open.value("seenby_rooms") >= 1);
            assertTrue(open.value("seenby_seats") >= 2);
            assertTrue(stream.header("Content-Type").isPresent());
        }
        bob.ack(group, 1);
        ann.send(group, "two");
        poll.join().expect(200);
        wait.join().expect(200);
        eventuallyIs("seenby_polls_open", 0);
        eventuallyIs("seenby_receipt_waits_open", 0);
        endStream();
    }

    @Test
    void aMessageIsCountedWhenItIsStoredAndForEachWhoReceivesItInTime() throws Exception {
        String annSince = ann.poll("").get("next").asText();
        String bobSince = bob.poll("").get("next").asText();
        CompletableFuture<Answer> poll = bob.polling(bobSince, 50);
        try (EventSource stream = EventSource.open(SERVER.port(), ann, "?since=" + annSince, Map.of())) {
            SERVER.awaitPolls(2);
            before = now();

            ann.post("/v1/groups/" + group + "/messages", Map.of("text", "one", "client_id", "c"))
                    .expect(201);
            ann.post("/v1/groups/" + group + "/messages", Map.of("text", "one", "client_id", "c"))
                    .expect(200);
            poll.join().expect(200);
            stream.next();

            eventuallyGrows("seenby_messages_delivered_total", 2);
            eventuallyGrows("seenby_wake_seconds_count", 2);
            eventuallyGrows("seenby_wake_seconds_bucket{le=\"+Inf\"}", 2);
            assertEquals(1, growth("seenby_messages_sent_total"));
            assertEquals(1, growth("seenby_wakes_total{kind=\"sent\"}"));
            assertEquals(2, growth("seenby_scripts_total{script=\"message_send\"}"));
        }
        endStream();
    }

    @Test
    void oneReadOfRedisServesAllPollsThatAMessageWakes() {
        List<String> since = List.of(
                ann.poll("").get("next").asText(), bob.poll("").get("next").asText());
        List<CompletableFuture<Answer>> polls =
                List.of(ann.polling(since.get(0), 50), bob.polling(since.get(1), 50), bob.polling(since.get(1), 49));
        SERVER.awaitPolls(3);
        before = now();

        ann.send(group, "one");
        polls.forEach(poll -> poll.join().expect(200));

        assertEquals(1, growth("seenby_wake_reads_total"));
    }

    @Test
    void aMessageThatNobodyWaitedForWasNotLate() {
        ann.send(group, "one");
        SERVER.clock().move(Duration.ofSeconds(1));

        bob.poll("");

        assertEquals(1, growth("seenby_messages_delivered_total"));
        assertEquals(0, growth("seenby_wake_seconds_count"));
    }

    @Test
    void aReadIsCountedWhenItReachesTheSender() {
        ann.send(group, "one");
        CompletableFuture<Answer> poll = ann.polling(ann.poll("").get("next").asText(), 50);
        SERVER.awaitPolls(1);
        before = now();

        bob.ack(group, 1);
        poll.join().expect(200);

        eventuallyGrows("seenby_reads_delivered_total", 1);
        assertEquals(1, growth("seenby_wakes_total{kind=\"acked\"}"));
    }

    @Test
    void aDeletedGroupIsInDoubt() {
        CompletableFuture<Answer> poll = bob.polling(bob.poll("").get("next").asText(), 50);
        SERVER.awaitPolls(1);
        before = now();

        ann.delete("/v1/groups/" + group).expect(204);
        poll.join().expect(200);

        assertEquals(1, growth("seenby_rooms_stale_total{cause=\"deleted\"}"));
    }

    @Test
    void aGroupIsInDoubtAfterALossOfTheSubscription() {
        CompletableFuture<Answer> poll = bob.polling(bob.poll("").get("next").asText(), 50);
        SERVER.awaitPolls(1);
        before = now();

        SERVER.redis()
                .client()
                .executeCommand(new CommandArguments(Protocol.Command.CLIENT)
                        .add("KILL")
                        .add("TYPE")
                        .add("pubsub"));

        eventually("the group is in doubt", () -> growth("seenby_rooms_stale_total{cause=\"subscription\"}") >= 1);
        eventuallyIs("seenby_subscription_up", 1);
        ann.send(group, "one");
        poll.join().expect(200);
    }

    @Test
    void aRevokedTokenIsHeardOf() {
        ann.post("/v1/users/" + ann.id() + "/token").expect(200);

        eventuallyGrows("seenby_wakes_total{kind=\"revoked\"}", 1);
    }

    @Test
    void everyAnswerIsCountedByItsStatus() {
        ann.get("/v1/nowhere").expect(404);
        SERVER.nobody().get("/v1/me").expect(401);
        ann.get("/v1/me?x=1").expect(422);

        eventuallyGrows("seenby_requests_total{status=\"404\"}", 1);
        eventuallyGrows("seenby_requests_total{status=\"401\"}", 1);
        eventuallyGrows("seenby_requests_total{status=\"422\"}", 1);
    }

    /** Otherwise nobody could tell a server that is slow from one whose polls have no news. */
    @Test
    void theTimeOfARequestIsCountedByRouteAndStatusApartFromItsWait() {
        String show = "method=\"GET\",route=\"/v1/groups/{gid}\"";
        String poll = "method=\"GET\",route=\"/v1/updates\"";
        ann.get("/v1/groups/" + group).expect(200);
        ann.get("/v1/groups/nowhere").expect(404);
        String since = ann.poll("").get("next").asText();
        ann.get("/v1/updates?timeout=1&since=" + since).expect(200);

        eventually("both are counted", () -> handled(show, 200) > 0 && handled(show, 404) > 0);
        eventually("it has waited", () -> waits(poll) > 0.9);
        assertTrue(handled(poll, 200) < 0.9, () -> Double.toString(handled(poll, 200)));
    }

    @Test
    void theWaitForReadersIsNoHandlingEither() {
        String receipts = "method=\"GET\",route=\"/v1/groups/{gid}/messages/{id}/receipts\"";
        ann.send(group, "one");
        ann.get("/v1/groups/" + group + "/messages/1/receipts?wait=1").expect(200);

        eventually("it has waited", () -> waits(receipts) > 0.9);
        assertTrue(handled(receipts, 200) < 0.9, () -> Double.toString(handled(receipts, 200)));
    }

    private static double handled(String labels, int status) {
        return now().samples()
                .getOrDefault("http_server_requests_seconds_sum{%s,status=\"%d\"}".formatted(labels, status), 0.0);
    }

    private static double waits(String labels) {
        return now().samples().getOrDefault("seenby_request_wait_seconds_sum{" + labels + "}", 0.0);
    }

    @Test
    void whatReachesNoRouteIsCountedAsSuch() {
        String none = "http_server_requests_seconds_count{method=\"none\",route=\"none\",status=\"401\"}";
        SERVER.nobody().get("/v1/me").expect(401);

        eventually("it is counted", () -> now().samples().getOrDefault(none, 0.0) >= 1);
    }

    @Test
    void oneWhoHasTooManyPollsIsCounted() {
        String since = ann.poll("").get("next").asText();
        List<CompletableFuture<Answer>> polls =
                List.of(ann.polling(since, 50), ann.polling(since, 50), ann.polling(since, 50));
        SERVER.awaitPolls(MOST_POLLS);

        ann.get("/v1/updates").problem(429, "rate_limited");

        assertEquals(1, growth("seenby_poll_refusals_total"));
        assertEquals(0, growth("seenby_rate_refusals_total"));
        ann.send(group, "one");
        polls.forEach(poll -> poll.join().expect(200));
    }

    @Test
    void acksAndTheReceiptsThatAMessageOwesAreCounted() {
        ann.send(group, "one");
        ann.send(group, "two");
        assertEquals(2, growth("seenby_receipts_owed_total"));

        bob.post("/v1/groups/" + group + "/messages/2/ack").expect(200);
        bob.ack(group, 1);
        bob.post("/v1/updates", Map.of("ack", Map.of(group, 2))).expect(200);

        assertEquals(3, growth("seenby_acks_total"));
    }

    @Test
    void redisTellsItsMemoryAndTheDisksTheirRoom() {
        eventually("Redis has told", () -> now().value("seenby_redis_memory_used_bytes") > 100_000);
        Scrape scrape = now();

        assertEquals(0, scrape.value("seenby_redis_memory_max_bytes"));
        for (String directory : List.of("data", "archive")) {
            double free = scrape.value("seenby_disk_free_bytes{directory=\"" + directory + "\"}");
            assertTrue(free > 0, directory);
            assertTrue(free <= scrape.value("seenby_disk_size_bytes{directory=\"" + directory + "\"}"), directory);
        }
    }

    @Test
    void redisAndTheArchiveAreUp() {
        Scrape scrape = now();

        assertEquals(1, scrape.value("seenby_redis_up"));
        assertEquals(1, scrape.value("seenby_subscription_up"));
        assertEquals(0, scrape.value("seenby_archive_failing"));
        assertEquals(0, scrape.value("seenby_archive_waiting"));
        assertEquals(0, scrape.value("seenby_archive_lag_seconds"));
        assertEquals(0, scrape.value("seenby_archive_failures_total"));
        assertEquals(0, scrape.value("seenby_redis_failures_total"));
        assertTrue(scrape.value("seenby_redis_seconds_count") > 10);
        assertTrue(scrape.value("seenby_redis_seconds_sum") > 0);
    }
}
