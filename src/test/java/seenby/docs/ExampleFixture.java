package seenby.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import redis.clients.jedis.RedisClient;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/**
 * The users of the examples in the API's description. Alice owns the group ops; bob and carol are members, dave is not.
 * Alice has sent two messages, and bob has read the first. Carol and dave have sent no request yet.
 */
final class ExampleFixture {
    private final Map<String, ApiClient> clients = new HashMap<>();
    private final Map<String, String> next = new HashMap<>();

    /** Deletes all users and groups, and creates these. */
    ExampleFixture(RunningServer server) {
        ApiClient admin = server.admin();
        clients.put("admin", admin);
        clear(server, admin);
        for (String name : List.of("Alice", "Bob", "Carol", "Dave")) {
            String id = name.toLowerCase(Locale.ROOT);
            clients.put(id, admin.newUser(Map.of("id", id, "name", name)));
        }
        ApiClient alice = named("alice");
        ApiClient bob = named("bob");
        alice.post("/v1/groups", Map.of("id", "ops", "name", "Operations", "members", List.of("bob", "carol")))
                .expect(201);
        send(alice, "Deploy at noon. Please read the notes 🚀", "d-41");
        next.put("alice", alice.poll("").get("next").asText());
        bob.ack("ops", 1);
        next.put("bob", bob.poll("").get("next").asText());
        send(alice, "Deploy done.", "d-42");
    }

    private static void clear(RunningServer server, ApiClient admin) {
        for (JsonNode group :
                admin.get("/v1/groups?all=true").expect(200).json().get("groups")) {
            admin.delete("/v1/groups/" + group.get("id").asText()).expect(204);
        }
        for (JsonNode user : admin.get("/v1/users").expect(200).json().get("users")) {
            if (!user.get("id").asText().equals("admin")) {
                admin.delete("/v1/users/" + user.get("id").asText()).expect(204);
            }
        }
        forgetDeletedUsers(server.redis().client());
    }

    /** Each example begins with the same users, but an id is given once. */
    private static void forgetDeletedUsers(RedisClient redis) {
        redis.keys("sb:user:{*}").stream()
                .filter(key -> redis.hexists(key, "deleted"))
                .forEach(redis::del);
    }

    private static void send(ApiClient alice, String text, String clientId) {
        alice.post("/v1/groups/ops/messages", Map.of("text", text, "client_id", clientId))
                .expect(201);
    }

    ApiClient named(String name) {
        return Objects.requireNonNull(clients.get(name), name);
    }

    /** The position after the first message; for bob, after his ack of it. */
    String next(String name) {
        return next.getOrDefault(name, "");
    }
}
