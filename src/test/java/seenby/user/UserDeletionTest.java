package seenby.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;
import seenby.support.ApiClient;
import seenby.support.ReceiptLists;
import seenby.support.RunningServer;

/** Deleting a user removes it from all groups; what it had read stays known. */
class UserDeletionTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private final RedisClient redis = SERVER.redis().client();
    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient cem = SERVER.user("cem");
    private final String group = SERVER.group(ann, bob, cem);

    @Test
    void adminBecomesOwnerAndMemberOfTheDeletedUsersGroups() {
        delete(ann);

        JsonNode seenByBob = bob.get("/v1/groups/" + group).expect(200).json();
        assertEquals("admin", seenByBob.get("owner").asText());
        JsonNode members = bob.get("/v1/groups/" + group + "/members").json().get("members");
        assertEquals(List.of("admin", bob.id(), cem.id()), ApiClient.each(members, "id"));
        assertEquals(List.of("owner", "member", "member"), ApiClient.each(members, "role"));
    }

    @Test
    void aDeletedUserOwesNoReceiptsAndStaysAReaderOfWhatItRead() {
        ann.send(group, "read");
        ann.send(group, "unread");
        bob.ack(group, 1);

        delete(bob);

        assertEquals(ReceiptLists.of(List.of(bob), List.of(cem)), ReceiptLists.by(ann, group, 1));
        assertEquals(ReceiptLists.of(List.of(), List.of(cem)), ReceiptLists.by(ann, group, 2));
        ann.send(group, "after");
        assertEquals(ReceiptLists.of(List.of(), List.of(cem)), ReceiptLists.by(ann, group, 3));
    }

    @Test
    void theTokenStopsWorkingAtOnceAlsoForAnOpenPoll() {
        CompletableFuture<ApiClient.Answer> poll = bob.polling("", 20);
        bob.get("/v1/me").expect(200);

        delete(bob);

        bob.get("/v1/me").problem(401, "unauthorized");
        poll.join().problem(401, "unauthorized");
    }

    @Test
    void onlyItsIdIsLeft() {
        ann.send(group, "one");
        bob.ack(group, 1);

        delete(bob);

        String key = "sb:user:{" + bob.id() + "}";
        assertEquals(Set.of(key), redis.keys(key + "*"));
        assertEquals(Map.of("deleted", "1"), redis.hgetAll(key));
        assertFalse(redis.exists("sb:token:" + new Token(bob.token()).hash()));
        assertFalse(redis.sismember("sb:users", bob.id()));
        assertEquals(
                List.of(),
                redis.smembers("sb:loops").stream()
                        .filter(mark -> mark.startsWith(bob.id() + " "))
                        .toList());
        assertFalse(
                ApiClient.each(ann.get("/v1/users").json().get("users"), "id").contains(bob.id()));
    }

    @Test
    void nobodyGetsItsIdLater() {
        ann.send(group, "one");
        bob.ack(group, 1);
        delete(bob);

        assertIdIsNotGiven();

        bob.get("/v1/me").problem(401, "unauthorized");
        ann.put("/v1/groups/" + group + "/members/" + bob.id()).problem(404, "not_found");
        assertFalse(redis.sismember("sb:users", bob.id()));
        assertEquals(ReceiptLists.of(List.of(bob), List.of(cem)), ReceiptLists.by(ann, group, 1));
    }

    @Test
    void aRepeatedDeletionGoesOnWhereTheFirstWasCutOff() {
        String token = new Token(bob.token()).hash();
        redis.hset("sb:user:{" + bob.id() + "}", Map.of("deleted", token, "token", ""));

        assertIdIsNotGiven();
        delete(bob);

        JsonNode members = ann.get("/v1/groups/" + group + "/members").json().get("members");
        assertEquals(List.of(ann.id(), cem.id()), ApiClient.each(members, "id"));
        assertEquals(2, ann.get("/v1/groups/" + group).json().get("members").asInt());
        assertFalse(redis.exists("sb:token:" + token));
        SERVER.admin().delete("/v1/users/" + bob.id()).problem(404, "not_found");
        SERVER.admin().delete("/v1/users/nobody").problem(404, "not_found");
        assertIdIsNotGiven();
    }

    private void assertIdIsNotGiven() {
        String detail = SERVER.admin()
                .post("/v1/users", Map.of("id", bob.id()))
                .problem(409, "conflict")
                .get("detail")
                .asText();
        assertTrue(detail.contains("belonged to a deleted user"), detail);
    }

    private static void delete(ApiClient user) {
        SERVER.admin().delete("/v1/users/" + user.id()).expect(204);
    }
}
