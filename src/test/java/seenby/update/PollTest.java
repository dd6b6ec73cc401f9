package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.RunningServer;

/** Which messages a poll gives, in which order, and how the next poll continues. */
class PollTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");

    @Test
    void theFirstPollGivesUnreadMessagesAndTheNextOnlyNewOnes() {
        String group = SERVER.group(ann, bob);
        send(group, 5);
        bob.ack(group, 2);

        JsonNode unread = bob.poll("");
        JsonNode nothing = bob.poll(next(unread));
        ann.send(group, "six");

        assertEquals(List.of("3", "4", "5"), ids(unread));
        assertEquals(List.of(), ids(nothing));
        assertEquals(List.of("6"), ids(bob.poll(next(nothing))));
    }

    @Test
    void aPollIncludesTheUsersOwnMessages() {
        String group = SERVER.group(ann, bob);
        String since = next(ann.poll(""));
        ann.send(group, "mine");

        JsonNode message = ann.poll(since).get("messages").get(0);

        assertEquals(group, message.get("group").asText());
        assertEquals(ann.id(), message.get("sender").asText());
        assertEquals("mine", message.get("text").asText());
        assertTrue(message.get("sent_at").asText().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
        assertEquals(5, message.size(), "a message of a poll has these fields and no others");
    }

    @Test
    void pollsWithAnyLimitGiveEachMessageOnceWithoutAGap() {
        List<String> groups =
                IntStream.range(0, 4).mapToObj(i -> SERVER.group(ann, bob)).toList();
        Random random = new Random(3);
        String since = next(bob.poll(""));
        Map<String, List<Long>> seen = new TreeMap<>();
        Map<String, Long> sent = new TreeMap<>();
        boolean more = false;

        for (int round = 0; round < 60 || more; round++) {
            for (int i = random.nextInt(6); round < 60 && i > 0; i--) {
                String group = groups.get(random.nextInt(groups.size()));
                sent.put(group, ann.send(group, "in round " + round));
            }
            int limit = random.nextInt(4) == 0 ? 1000 : 1 + random.nextInt(5);
            JsonNode update =
                    bob.get(ApiClient.pollPath(since, 0, limit)).expect(200).json();
            assertTrue(update.get("messages").size() <= limit);
            update.get("messages")
                    .forEach(
                            message -> seen.computeIfAbsent(message.get("group").asText(), group -> new ArrayList<>())
                                    .add(message.get("id").asLong()));
            more = update.get("more").asBoolean();
            since = next(update);
        }

        sent.forEach((group, last) ->
                assertEquals(LongStream.rangeClosed(1, last).boxed().toList(), seen.get(group)));
    }

    @Test
    void moreIsTrueOnlyIfMessagesWereCutOff() {
        String group = SERVER.group(ann, bob);
        String other = SERVER.group(ann, bob);
        send(group, 3);

        assertTrue(bob.get(ApiClient.pollPath("", 0, 2)).json().get("more").asBoolean());
        assertFalse(bob.get(ApiClient.pollPath("", 0, 3)).json().get("more").asBoolean());
        ann.send(other, "in the next group");
        assertTrue(bob.get(ApiClient.pollPath("", 0, 3)).json().get("more").asBoolean());
    }

    @Test
    void anAnswerOverOneMebibyteIsCut() {
        String group = SERVER.group(ann, bob);
        IntStream.range(0, 80).forEach(i -> ann.send(group, "x".repeat(16_000)));

        Answer first = bob.get(ApiClient.pollPath("", 0, 1000)).expect(200);
        JsonNode second =
                bob.get(ApiClient.pollPath(next(first.json()), 0, 1000)).json();

        assertTrue(first.response().body().length() < (1 << 20) + 20_000);
        assertTrue(first.json().get("more").asBoolean());
        List<String> all = new ArrayList<>(ids(first.json()));
        all.addAll(ids(second));
        assertEquals(LongStream.rangeClosed(1, 80).mapToObj(Long::toString).toList(), all);
    }

    @Test
    void theSameSinceGivesTheSameBytes() {
        String group = SERVER.group(ann, bob);
        String since = next(ann.poll(""));
        send(group, 7);
        bob.ack(group, 7);
        String path = ApiClient.pollPath(since, 0, 5);

        String body = ann.get(path).expect(200).response().body();

        assertEquals(body, ann.get(path).expect(200).response().body());
        assertEquals(body, ann.get(ApiClient.pollPath(since, 5, 5)).response().body());
    }

    @Test
    void anAnswerWithoutNewsReturnsTheSinceOfTheRequest() {
        String group = SERVER.group(ann, bob);
        String since = next(bob.poll(""));

        assertEquals(since, next(bob.poll(since)));
        assertEquals(since, next(bob.poll(since, 1)));
        ann.ack(group, 0);
        assertEquals(since, next(bob.poll(since)));
    }

    @Test
    void anEmptyAnswerHasAllListsAndComesAtTheTimeout() {
        SERVER.group(ann, bob);
        String since = next(bob.poll(""));
        long began = System.nanoTime();

        JsonNode update = bob.poll(since, 1);

        long millis = (System.nanoTime() - began) / 1_000_000;
        assertTrue(millis >= 1000 && millis < 10_000, millis + " ms");
        for (String list : List.of("messages", "reads", "left", "resync", "trimmed")) {
            assertTrue(update.get(list).isArray() && update.get(list).isEmpty(), list);
        }
        assertFalse(update.get("more").asBoolean());
    }

    @Test
    void twoDevicesGetTheSameMessagesAtDifferentSpeeds() {
        String group = SERVER.group(ann, bob);
        String phone = next(bob.poll(""));
        send(group, 3);
        List<String> onLaptop = new ArrayList<>(ids(bob.poll("")));
        JsonNode first = bob.get(ApiClient.pollPath(phone, 0, 2)).json();
        bob.ack(group, 3);
        List<String> onPhone = new ArrayList<>(ids(first));
        onPhone.addAll(ids(bob.poll(next(first))));

        assertEquals(onLaptop, onPhone);
    }

    @Test
    void aMessageWakesBothPollsOfAUser() {
        String group = SERVER.group(ann, bob);
        String since = next(bob.poll(""));
        List<CompletableFuture<Answer>> polls = List.of(bob.polling(since, 20), bob.polling(since, 20));

        ann.send(group, "to both");

        polls.forEach(poll -> assertEquals(List.of("1"), ids(poll.join().json())));
    }

    @Test
    void anInvalidTimeoutOrLimitIsRefused() {
        for (String query : List.of("limit=0", "limit=1001", "limit=-1", "timeout=-1", "timeout=1.5")) {
            JsonNode problem = bob.get("/v1/updates?" + query).problem(422, "invalid");
            assertEquals(
                    query.substring(0, query.indexOf('=')), problem.get("field").asText());
        }
        bob.get("/v1/updates?tiemout=1").problem(422, "invalid");
        bob.get("/v1/updates?timeout=soon").problem(400, "malformed");
    }

    private void send(String group, int count) {
        IntStream.range(0, count).forEach(i -> ann.send(group, "text " + i));
    }

    private static String next(JsonNode update) {
        return update.get("next").asText();
    }

    private static List<String> ids(JsonNode update) {
        return ApiClient.each(update.get("messages"), "id");
    }
}
