package seenby.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;
import seenby.support.ApiClient;
import seenby.support.Eventually;
import seenby.support.RunningServer;

/** Many users are created together, or none of them. */
class UserBatchTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private final RedisClient redis = SERVER.redis().client();
    private final String name = SERVER.user("batch").id();

    private static ApiClient.Answer create(List<Map<String, Object>> users) {
        return SERVER.admin().post("/v1/users/batch", Map.of("users", users));
    }

    private List<Map<String, Object>> numbered(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> Map.<String, Object>of("id", name + "." + i))
                .toList();
    }

    private static void assertAbsent(String id) {
        SERVER.admin().get("/v1/users/" + id).problem(404, "not_found");
    }

    @Test
    void eachUserHasItsNameAndItsToken() {
        JsonNode users = create(List.of(
                        Map.of("id", name + ".b", "name", " Bea "),
                        Map.of("id", name + ".a"),
                        Map.of("id", name + ".c", "admin", true)))
                .expect(201)
                .json()
                .get("users");

        assertEquals(List.of(name + ".b", name + ".a", name + ".c"), ApiClient.each(users, "id"));
        assertEquals(List.of("Bea", name + ".a", name + ".c"), ApiClient.each(users, "name"));
        for (JsonNode user : users) {
            JsonNode me = new ApiClient(
                            SERVER::port,
                            user.get("id").asText(),
                            user.get("token").asText())
                    .get("/v1/me")
                    .expect(200)
                    .json();
            assertEquals(user.get("id"), me.get("id"));
            assertEquals(user.get("admin"), me.get("admin"));
        }
        List<String> all = ApiClient.each(SERVER.admin().get("/v1/users").json().get("users"), "id");
        assertTrue(all.containsAll(ApiClient.each(users, "id")));
    }

    @Test
    void aThousandAreCreatedAtOnceAndNotOneMore() {
        assertEquals(
                1000, create(numbered(1000)).expect(201).json().get("users").size());

        create(numbered(1001)).problem(422, "invalid");
        create(List.of()).problem(422, "invalid");
    }

    @Test
    void noneIsCreatedIfOneIsTakenOrWasDeleted() {
        String deleted = SERVER.user("gone").id();
        SERVER.admin().delete("/v1/users/" + deleted).expect(204);

        String detail = create(List.of(Map.of("id", name + ".1"), Map.of("id", name), Map.of("id", deleted)))
                .problem(409, "conflict")
                .get("detail")
                .asText();

        assertTrue(detail.contains(": " + name + ", " + deleted + "."), detail);
        assertAbsent(name + ".1");
        assertEquals(Set.of(), redis.keys("sb:user:{" + name + ".1}*"));
        assertFalse(redis.keys("sb:token:*").stream().map(redis::get).anyMatch((name + ".1")::equals));
        SERVER.admin().post("/v1/users", Map.of("id", name + ".1")).expect(201);
    }

    @Test
    void aBadUserIsNamedByItsPlace() {
        assertEquals("users[1].id", faultOf(Map.of("id", "Not An Id")));
        assertEquals("users[1].id", faultOf(Map.of()));
        assertEquals("users[1].name", faultOf(Map.of("id", name + ".2", "name", "a\u0007")));
        assertEquals("users[1].admin", faultOf(Map.of("id", name + ".2", "admin", "yes")));
        assertEquals("users[1].age", faultOf(Map.of("id", name + ".2", "age", 7)));
        assertEquals("users", faultOf(Map.of("id", name + ".1")));
        assertEquals(
                "users[0]",
                SERVER.admin()
                        .post("/v1/users/batch", Map.of("users", List.of(name)))
                        .problem(422, "invalid")
                        .get("field")
                        .asText());
        assertAbsent(name + ".1");
    }

    private String faultOf(Map<String, Object> second) {
        return create(List.of(Map.of("id", name + ".1"), second))
                .problem(422, "invalid")
                .get("field")
                .asText();
    }

    /** The server died after it had reserved the ids. */
    @Test
    void aBatchOfWhichNothingWasDecidedIsGivenUp() {
        reserve(name + ".1");

        SERVER.admin().post("/v1/users", Map.of("id", name + ".1")).problem(409, "conflict");
        recover(name + ".1");

        assertAbsent(name + ".1");
        SERVER.admin().post("/v1/users", Map.of("id", name + ".1")).expect(201);
    }

    /** The server died after its decision. */
    @Test
    void aBatchThatWasDecidedIsFinished() {
        reserve(name + ".1");
        redis.set("sb:batch:" + name, "1");

        recover(name + ".1");

        SERVER.admin().get("/v1/users/" + name + ".1").expect(200);
        assertFalse(redis.hexists("sb:user:{" + name + ".1}", "batch"));
        assertTrue(redis.sismember("sb:users", name + ".1"));
    }

    /** Another server took it for cut off, while it was only slow. */
    @Test
    void aUserThatAnotherCallHasMadeSinceIsLeftAlone() {
        SERVER.admin().post("/v1/users", Map.of("id", name + ".1")).expect(201);

        recover(name + ".1");

        SERVER.admin().get("/v1/users/" + name + ".1").expect(200);
    }

    private void reserve(String id) {
        redis.hset(
                "sb:user:{" + id + "}",
                Map.of(
                        "batch",
                        name,
                        "new_name",
                        "New",
                        "admin",
                        "0",
                        "created_at",
                        "1",
                        "receipts",
                        "1",
                        "token",
                        "t"));
    }

    private void recover(String id) {
        String mark = id + " batch " + name + " x";
        redis.sadd("sb:loops", mark);
        redis.publish("sb:loops@0", "");
        Eventually.eventually("the batch is finished", () -> !redis.sismember("sb:loops", mark));
    }
}
