package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.RunningServer;

/** How joins, leaves, deletions and new groups show in open and later polls. */
class PollGroupsTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");

    @Test
    void joiningAGroupAddsItToAnOpenPoll() {
        String group = SERVER.group(ann);
        ann.send(group, "before the join");
        CompletableFuture<Answer> poll = waiting(bob, next(bob.poll("")));

        join(group, bob);
        ann.send(group, "after the join");

        assertEquals(List.of("2"), ids(poll.join().json()));
    }

    @Test
    void aNewGroupIsAddedToTheOpenPollsOfItsMembers() {
        CompletableFuture<Answer> poll = waiting(bob, next(bob.poll("")));

        ann.send(SERVER.group(ann, bob), "welcome");

        assertEquals(List.of("welcome"), ApiClient.each(poll.join().json().get("messages"), "text"));
    }

    @Test
    void afterAJoinMessagesAndReadsStartAtTheJoin() {
        ApiClient cem = SERVER.user("cem");
        String group = SERVER.group(ann, cem);
        ann.patch("/v1/groups/" + group, Map.of("receipts", "members")).expect(200);
        String since = next(bob.poll(""));
        ann.send(group, "one");
        cem.ack(group, 1);
        join(group, bob);
        ann.send(group, "two");
        cem.ack(group, 2);

        JsonNode update = bob.poll(since);

        assertEquals(List.of("2"), ids(update));
        assertEquals(List.of("2"), ApiClient.each(update.get("reads"), "from"));
    }

    @Test
    void afterARejoinMessagesContinueFromTheOldPosition() {
        String group = SERVER.group(ann, bob);
        ann.send(group, "one");
        String since = next(bob.poll(""));
        ann.delete(memberPath(group, bob)).expect(204);
        ann.send(group, "while away");
        join(group, bob);
        ann.send(group, "back");

        JsonNode update = bob.poll(since);

        assertEquals(List.of("2", "3"), ids(update));
        assertEquals(List.of(), left(update));
    }

    @Test
    void aRemovedMemberGetsLeftInAnOpenPollAndNothingMoreOfTheGroup() {
        String group = SERVER.group(ann, bob);
        CompletableFuture<Answer> poll = waiting(bob, next(bob.poll("")));

        ann.delete(memberPath(group, bob)).expect(204);
        ann.send(group, "secret");

        JsonNode update = poll.join().json();
        assertEquals(List.of(group), left(update));
        assertEquals(List.of(), ids(update));
        JsonNode later = bob.poll(next(update));
        assertEquals(List.of(), left(later), "left is reported once");
        assertEquals(List.of(), ids(later));
    }

    @Test
    void deletingAGroupAnswersTheOpenPollsOfAllMembers() {
        String group = SERVER.group(ann, bob);
        ann.send(group, "gone soon");
        List<CompletableFuture<Answer>> polls =
                List.of(waiting(ann, next(ann.poll(""))), waiting(bob, next(bob.poll(""))));

        ann.delete("/v1/groups/" + group).expect(204);

        polls.forEach(poll -> assertEquals(List.of(group), left(poll.join().json())));
    }

    @Test
    void aNewGroupWithTheSameIdIsFirstInLeftAndThenStartsAtOne() {
        String group = SERVER.group(ann, bob);
        ann.send(group, "old one");
        ann.send(group, "old two");
        String since = next(bob.poll(""));
        ann.delete("/v1/groups/" + group).expect(204);
        ann.post("/v1/groups", Map.of("id", group, "members", List.of(bob.id())))
                .expect(201);
        ann.send(group, "new one");

        JsonNode first = bob.poll(since);
        JsonNode second = bob.poll(next(first));

        assertEquals(List.of(group), left(first));
        assertEquals(List.of(), ids(first));
        assertEquals(List.of(), left(second));
        assertEquals(List.of("new one"), ApiClient.each(second.get("messages"), "text"));
        assertEquals(List.of("1"), ids(second));
    }

    /** A group is deleted and created again while polls are open; no poll may fail, hang or mix the two groups. */
    @Test
    void pollsDuringADeletionGiveOldMessagesOrLeftOnly() {
        for (int round = 0; round < 15; round++) {
            String group = SERVER.group(ann, bob);
            String since = next(bob.poll(""));
            ann.send(group, "old");
            List<CompletableFuture<Answer>> polls =
                    IntStream.range(0, 8).mapToObj(i -> bob.polling(since, 5)).toList();
            ann.delete("/v1/groups/" + group).expect(204);
            ann.post("/v1/groups", Map.of("id", group, "members", List.of(bob.id())))
                    .expect(201);
            ann.send(group, "new");

            for (CompletableFuture<Answer> poll : polls) {
                JsonNode update = poll.join().expect(200).json();
                boolean old = ApiClient.each(update.get("messages"), "text").equals(List.of("old"));
                assertTrue(old ^ left(update).equals(List.of(group)), update.toString());
            }
        }
    }

    /** Opens a poll and checks that it still waits a moment later. */
    private static CompletableFuture<Answer> waiting(ApiClient user, String since) {
        CompletableFuture<Answer> poll = user.polling(since, 20);
        assertThrows(TimeoutException.class, () -> poll.get(100, TimeUnit.MILLISECONDS));
        return poll;
    }

    private static void join(String group, ApiClient user) {
        SERVER.admin().put(memberPath(group, user)).expect(201);
    }

    private static String memberPath(String group, ApiClient user) {
        return "/v1/groups/" + group + "/members/" + user.id();
    }

    private static String next(JsonNode update) {
        return update.get("next").asText();
    }

    private static List<String> ids(JsonNode update) {
        return ApiClient.each(update.get("messages"), "id");
    }

    private static List<String> left(JsonNode update) {
        return ApiClient.texts(update.get("left"));
    }
}
