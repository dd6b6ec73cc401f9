package seenby.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;
import seenby.support.ApiClient;
import seenby.support.Parallel;
import seenby.support.RunningServer;

/** Once a deletion is answered, nothing of the group is left in Redis. */
class GroupDeletionTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private final RedisClient redis = SERVER.redis().client();
    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient cem = SERVER.user("cem");
    private final String group = SERVER.group(ann, bob, cem);
    private final String path = "/v1/groups/" + group;

    @Test
    void deletionRemovesAllKeysOfTheGroup() {
        useEveryKey();
        assertTrue(keys().size() > 12, "the group has used its keys: " + keys());

        ann.delete(path).expect(204);

        assertEquals(Set.of(), keys());
        assertFalse(redis.sismember("sb:groups", group));
        for (ApiClient user : List.of(ann, bob, cem)) {
            assertFalse(redis.sismember("sb:user:{" + user.id() + "}:groups", group));
            user.get(path).problem(404, "not_found");
            assertEquals("[]", user.get("/v1/groups").json().get("groups").toString());
            assertEquals("[]", user.get("/v1/me").json().get("groups").toString());
        }
        ann.delete(path).problem(404, "not_found");
    }

    /** Uses every key: sends, both kinds of acks, a leave, a rejoin and an opt-out. */
    private void useEveryKey() {
        for (int i = 0; i < 4; i++) {
            ann.post(path + "/messages", Map.of("text", "hi", "client_id", "c-" + i))
                    .expect(201);
        }
        bob.ack(group, 2);
        cem.post(path + "/messages/3/ack").expect(200);
        cem.delete(path + "/members/" + cem.id()).expect(204);
        ann.put(path + "/members/" + cem.id()).expect(201);
        bob.patch("/v1/me", Map.of("send_read_receipts", false)).expect(200);
        bob.send(group, "last");
    }

    @Test
    void openPollsOfTheMembersGetTheGroupInLeft() {
        String since = bob.poll("").get("next").asText();
        CompletableFuture<ApiClient.Answer> bobsPoll = bob.polling(since, 20);
        // without a position, a poll that looks only after the deletion knows of no group
        CompletableFuture<ApiClient.Answer> cemsPoll =
                cem.polling(cem.poll("").get("next").asText(), 20);
        SERVER.awaitPolls(2);

        ann.delete(path).expect(204);

        for (CompletableFuture<ApiClient.Answer> open : List.of(bobsPoll, cemsPoll)) {
            JsonNode answer = open.join().expect(200).json();
            assertEquals(List.of(group), ApiClient.texts(answer.get("left")));
        }
        assertEquals(List.of(group), ApiClient.texts(bob.poll(since).get("left")));
    }

    @Test
    void aNewGroupWithTheSameIdIsAnotherGroup() {
        useEveryKey();
        String since = cem.poll("").get("next").asText();
        ann.delete(path).expect(204);

        ann.post("/v1/groups", Map.<String, Object>of("id", group, "members", List.of(cem.id())))
                .expect(201);

        assertEquals(1, ann.send(group, "first"));
        JsonNode answer = cem.poll(since);
        assertEquals(List.of(group), ApiClient.texts(answer.get("left")));
        List<String> texts = new ArrayList<>(ApiClient.each(answer.get("messages"), "text"));
        texts.addAll(ApiClient.each(cem.poll(answer.get("next").asText()).get("messages"), "text"));
        assertEquals(List.of("first"), texts);
        bob.get(path).problem(404, "not_found");
        ann.post(path + "/messages", Map.of("text", "hi", "client_id", "c-1")).expect(201);
    }

    @Test
    void onlyTheOwnerAndAdminsCanDelete() {
        bob.delete(path).problem(403, "forbidden");
        SERVER.user("eve").delete(path).problem(404, "not_found");
        assertEquals(3, ann.get(path).json().get("members").asLong());

        SERVER.admin().delete(path).expect(204);
    }

    @Test
    void callsDuringADeletionAnswerAsUsualOrNotFound() {
        for (int round = 0; round < 25; round++) {
            String id = SERVER.group(ann, bob, cem);
            for (int i = 0; i < 3; i++) {
                ann.send(id, "hi");
            }
            bob.ack(id, 3);
            AtomicBoolean deleted = new AtomicBoolean();

            Parallel.run(
                    () -> {
                        ann.delete("/v1/groups/" + id).expect(204);
                        deleted.set(true);
                    },
                    () -> callUntil(deleted, () -> ann.get("/v1/groups/" + id + "/messages/2/receipts")),
                    () -> callUntil(deleted, () -> bob.get("/v1/groups/" + id + "/members")),
                    () -> callUntil(deleted, () -> cem.post("/v1/groups/" + id + "/ack", Map.of("upto", 3))),
                    () -> callUntil(deleted, () -> cem.post("/v1/groups/" + id + "/messages", Map.of("text", "hi"))),
                    () -> callUntil(deleted, () -> ann.put("/v1/groups/" + id + "/members/" + cem.id())));

            assertEquals(Set.of(), redis.keys("*{" + id + "}*"));
        }
    }

    private static void callUntil(AtomicBoolean deleted, Supplier<ApiClient.Answer> call) {
        boolean last;
        do {
            last = deleted.get();
            ApiClient.Answer answer = call.get();
            if (answer.status() >= 300) {
                answer.problem(404, "not_found");
            }
        } while (!last);
    }

    private Set<String> keys() {
        return redis.keys("*{" + group + "}*");
    }
}
