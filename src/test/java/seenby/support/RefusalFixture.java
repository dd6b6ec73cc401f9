package seenby.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import seenby.support.ApiClient.Answer;

/**
 * The data for tests of refusals. The admin ann owns the group ops with the messages 1 and 2; bob is a member, eve is
 * not. A test of a refusal ends with {@link #unchanged}.
 */
public final class RefusalFixture {
    public static final String JSON = "application/json";

    private static final Map<Integer, String> CODES = Map.of(
            400, "malformed",
            401, "unauthorized",
            403, "forbidden",
            404, "not_found",
            405, "method_not_allowed",
            409, "conflict",
            413, "too_large",
            415, "unsupported_media_type",
            422, "invalid");

    private final TestRedis redis;
    public final ApiClient ann;
    public final ApiClient bob;
    public final ApiClient eve;
    private Map<String, String> before;

    public RefusalFixture(RunningServer server) {
        this(server.admin(), server.redis());
    }

    /** The data of a server that uses this Redis. */
    public RefusalFixture(ApiClient admin, TestRedis redis) {
        this.redis = redis;
        ann = user(admin, "ann", true);
        bob = user(admin, "bob", false);
        eve = user(admin, "eve", false);
        ann.post("/v1/groups", Map.<String, Object>of("id", "ops", "members", List.of("bob")))
                .expect(201);
        ann.send("ops", "one");
        ann.send("ops", "two");
        before = Keyspace.content(redis);
    }

    private static ApiClient user(ApiClient maker, String id, boolean admin) {
        return maker.newUser(Map.<String, Object>of("id", id, "admin", admin));
    }

    /** A request with a JSON body, or without a body if it is empty. */
    public Answer call(ApiClient caller, String request, String json) {
        return call(caller, request, JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    /** A request such as {@code POST /v1/groups}. */
    public Answer call(ApiClient caller, String request, String contentType, byte[] body) {
        String[] parts = request.split(" ", 2);
        Map<String, String> headers = body.length == 0 ? Map.of() : Map.of("Content-Type", contentType);
        return caller.call(parts[0], parts[1], BodyPublishers.ofByteArray(body), headers);
    }

    /** Asserts that the answer is a problem with this status and this field, which may be empty. */
    public static void refused(Answer answer, int status, String field) {
        String named = answer.problem(status, CODES.getOrDefault(status, "?"))
                .path("field")
                .asText();
        assertEquals(field, named, answer.toString());
        assertEquals(status, answer.json().get("status").asInt());
    }

    /** Takes the present state as the one to compare with, after a request that changed something. */
    public void again() {
        before = Keyspace.content(redis);
    }

    public void unchanged() {
        Map<String, String> then = before;
        before = Keyspace.content(redis);
        assertEquals(then, before);
    }
}
