package seenby.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
    void noKeyOfItsOwnIsLeft() {
        ann.send(group, "one");
        bob.ack(group, 1);

        delete(bob);

        assertEquals(Set.of(), redis.keys("sb:user:{" + bob.id() + "}*"));
        assertFalse(redis.sismember("sb:users", bob.id()));
        assertFalse(redis.sismember("sb:loops", bob.id()));
        assertFalse(
                ApiClient.each(ann.get("/v1/users").json().get("users"), "id").contains(bob.id()));
    }

    @Test
    void whoeverGetsItsIdLaterBeginsAnew() {
        ann.send(group, "one");
        delete(bob);

        String token = SERVER.admin()
                .post("/v1/users", Map.of("id", bob.id()))
                .expect(201)
                .json()
                .get("token")
                .asText();

        ApiClient another = new ApiClient(SERVER::port, bob.id(), token);
        assertEquals("[]", another.get("/v1/me").json().get("groups").toString());
        another.get("/v1/groups/" + group).problem(404, "not_found");
        bob.get("/v1/me").problem(401, "unauthorized");
        ann.put("/v1/groups/" + group + "/members/" + bob.id()).expect(201);
        another.ack(group, 1);
        assertEquals(ReceiptLists.of(List.of(), List.of(cem)), ReceiptLists.by(ann, group, 1));
    }

    private static void delete(ApiClient user) {
        SERVER.admin().delete("/v1/users/" + user.id()).expect(204);
    }
}
