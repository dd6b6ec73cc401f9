package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.Parallel;
import seenby.support.RunningServer;

/** How a sender learns from its polls who has read its messages. */
class PollReadsTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient cem = SERVER.user("cem");

    @Test
    void aReadNamesTheReaderTheRangeAndTheTime() {
        String group = SERVER.group(ann, bob, cem);
        send(group, 3);
        bob.ack(group, 1);
        String since = next(ann.poll(""));
        bob.ack(group, 3);
        String readAt =
                ann.receipts(group, 3).get("readers").get(0).get("read_at").asText();

        JsonNode reads = ann.poll(since).get("reads");

        assertEquals(
                "[{\"group\":\"%s\",\"reader\":\"%s\",\"from\":2,\"upto\":3,\"at\":\"%s\"}]"
                        .formatted(group, bob.id(), readAt),
                reads.toString());
    }

    @Test
    void withoutSinceReadsStartNow() {
        String group = SERVER.group(ann, bob);
        send(group, 2);
        bob.ack(group, 1);

        JsonNode first = ann.poll("");
        bob.ack(group, 2);

        assertEquals(0, first.get("reads").size());
        assertEquals(List.of("2"), ApiClient.each(ann.poll(next(first)).get("reads"), "from"));
    }

    @Test
    void anOldSinceGetsAllReadsSinceThenAlsoOfSingleMessages() {
        String group = SERVER.group(ann, bob, cem);
        send(group, 3);
        String since = next(ann.poll(""));
        bob.ack(group, 3);
        cem.post("/v1/groups/" + group + "/messages/2/ack").expect(200);

        JsonNode reads = ann.poll(since).get("reads");

        assertEquals(List.of(bob.id(), cem.id()), ApiClient.each(reads, "reader"));
        assertEquals(List.of("1", "2"), ApiClient.each(reads, "from"));
        assertEquals(List.of("3", "2"), ApiClient.each(reads, "upto"));
        assertEquals(reads, ann.poll(since).get("reads"), "the same since gives the same reads");
    }

    @Test
    void onlyTheSenderGetsReadsExceptUnderMembers() {
        String group = SERVER.group(ann, bob, cem);
        send(group, 2);
        String since = next(cem.poll(""));
        bob.ack(group, 1);
        List<String> forSendersOnly = ApiClient.each(cem.poll(since).get("reads"), "reader");
        ann.patch("/v1/groups/" + group, Map.of("receipts", "members")).expect(200);
        CompletableFuture<Answer> poll = cem.polling(next(cem.poll("")), 20);
        bob.ack(group, 2);

        assertEquals(List.of(), forSendersOnly);
        assertEquals(List.of("2"), ApiClient.each(poll.join().json().get("reads"), "upto"));
    }

    @Test
    void aWaitingPollGetsTheReadsThatANewPolicyOpens() {
        String group = SERVER.group(ann, bob, cem);
        send(group, 1);
        CompletableFuture<Answer> poll = cem.polling(next(cem.poll("")), 30);
        bob.ack(group, 1);
        ann.patch("/v1/groups/" + group, Map.of("receipts", "members")).expect(200);

        assertEquals(List.of("1"), ApiClient.each(poll.join().json().get("reads"), "upto"));
    }

    @Test
    void aUsersOwnAcksNeverAppear() {
        String group = SERVER.group(ann, bob);
        ann.patch("/v1/groups/" + group, Map.of("receipts", "members")).expect(200);
        send(group, 2);
        bob.send(group, "bob's own");
        String since = next(bob.poll(""));
        bob.ack(group, 1);
        bob.post("/v1/groups/" + group + "/messages/2/ack").expect(200);
        bob.ack(group, 3);
        ann.ack(group, 3);

        assertEquals(List.of(ann.id()), ApiClient.each(bob.poll(since).get("reads"), "reader"));
    }

    @Test
    void fortyAcksWithinTheCoalescingTimeMakeOneAnswer() {
        ApiClient[] readers =
                IntStream.range(0, 40).mapToObj(i -> SERVER.user("r")).toArray(ApiClient[]::new);
        String group = SERVER.group(ann, readers);
        send(group, 1);
        CompletableFuture<Answer> poll = waiting(next(ann.poll("")));

        Parallel.call(readers.length, i -> readers[i].ack(group, 1));

        JsonNode reads = poll.join().json().get("reads");
        Set<String> ids = java.util.Arrays.stream(readers).map(ApiClient::id).collect(Collectors.toSet());
        assertEquals(ids, new TreeSet<>(ApiClient.each(reads, "reader")));
        assertEquals(40, reads.size());
    }

    @Test
    void readsAloneAreDelayedByTheCoalescingTime() {
        String group = SERVER.group(ann, bob);
        send(group, 1);
        CompletableFuture<Answer> poll = waiting(next(ann.poll("")));
        bob.ack(group, 1);
        long acked = System.nanoTime();

        poll.join();

        long millis = (System.nanoTime() - acked) / 1_000_000;
        assertTrue(millis > 800 && millis < 5_000, millis + " ms");
    }

    @Test
    void aMessageIsDeliveredAtOnceTogetherWithDelayedReads() {
        String group = SERVER.group(ann, bob);
        send(group, 1);
        CompletableFuture<Answer> poll = waiting(next(ann.poll("")));
        bob.ack(group, 1);
        long acked = System.nanoTime();
        bob.send(group, "and here is why");

        JsonNode update = poll.join().json();

        assertTrue(System.nanoTime() - acked < TimeUnit.MILLISECONDS.toNanos(900), "at once");
        assertEquals(1, update.get("messages").size());
        assertEquals(List.of(bob.id()), ApiClient.each(update.get("reads"), "reader"));
    }

    @Test
    void delayedReadsAreDeliveredAtTheTimeout() {
        String group = SERVER.group(ann, bob);
        send(group, 1);
        String since = next(ann.poll(""));
        CompletableFuture<Answer> poll = ann.polling(since, 1);
        assertThrows(TimeoutException.class, () -> poll.get(400, TimeUnit.MILLISECONDS));
        bob.ack(group, 1);

        assertEquals(1, poll.join().json().get("reads").size());
    }

    @Test
    void aWakeWithoutNewsDoesNotEndTheDelay() {
        String group = SERVER.group(ann, bob, cem);
        String empty = SERVER.group(bob);
        send(group, 1);
        CompletableFuture<Answer> poll = waiting(next(ann.poll("")));
        SERVER.redis().client().publish("sb:wakes@0", "read " + group + " " + bob.id() + " " + ann.id());
        assertThrows(TimeoutException.class, () -> poll.get(1300, TimeUnit.MILLISECONDS));

        bob.ack(group, 1);
        SERVER.admin().put("/v1/groups/" + empty + "/members/" + ann.id()).expect(201);
        bob.get("/v1/me").expect(200);
        cem.ack(group, 1);

        assertEquals(2, poll.join().json().get("reads").size());
    }

    private CompletableFuture<Answer> waiting(String since) {
        CompletableFuture<Answer> poll = ann.polling(since, 20);
        assertThrows(TimeoutException.class, () -> poll.get(100, TimeUnit.MILLISECONDS));
        return poll;
    }

    private void send(String group, int count) {
        IntStream.range(0, count).forEach(i -> ann.send(group, "text " + i));
    }

    private static String next(JsonNode update) {
        return update.get("next").asText();
    }
}
