package seenby.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** The API contract for users. */
class UsersTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private static JsonNode create(Map<String, Object> user) {
        return SERVER.admin().post("/v1/users", user).expect(201).json();
    }

    private static List<String> fields(JsonNode object) {
        return List.copyOf(new TreeSet<>(
                object.properties().stream().map(Map.Entry::getKey).toList()));
    }

    private static JsonNode me(ApiClient user) {
        return user.get("/v1/me").expect(200).json();
    }

    @Test
    void theTokenIsShownOnlyWhenTheUserIsCreated() {
        JsonNode created = create(Map.of("id", "zoe", "name", "Zoë 佐伊 🙂"));

        assertEquals(List.of("admin", "created_at", "id", "name", "token"), fields(created));
        assertEquals("Zoë 佐伊 🙂", created.get("name").asText());
        assertFalse(created.get("admin").asBoolean());
        assertTrue(created.get("created_at").asText().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
        for (JsonNode user : SERVER.admin().get("/v1/users").json().get("users")) {
            assertEquals(List.of("active", "admin", "created_at", "id", "name"), fields(user));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "a.b-c_d..", "a1234567890123456789012345678901234567890123456789012345678901_."})
    void everyValidIdIsAccepted(String id) {
        JsonNode created = create(Map.of("id", id));

        assertEquals(id, created.get("id").asText());
        assertEquals(id, created.get("name").asText(), "the id is the default name");
        SERVER.admin().delete("/v1/users/" + id).expect(204);
    }

    static List<String> names() {
        return List.of("a".repeat(128), "🙂".repeat(128), "\u200f.", "'\"<>&{}\\", "a\u2028b", "\ue000", "👩\u200d💻");
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNameIsAnyTextUpTo128CodePoints(String name) {
        ApiClient ann = SERVER.user("ann");

        assertEquals(name, renamed(ann, name));
        assertEquals(name, me(ann).get("name").asText());
        assertEquals(name, renamed(ann, " \n\u3000" + name + "\u00a0 \t"), "white space at its ends is removed");
    }

    static List<String> blankNames() {
        return List.of("", "   ", "\u200b", "\u3164 ", "\u2800\u00ad", "\t\n", "\ufeff".repeat(200), "\u202e\u2066");
    }

    @ParameterizedTest
    @MethodSource("blankNames")
    void aNameThatShowsNothingIsReplacedByTheId(String blank) {
        ApiClient ann = SERVER.user("ann");
        String group = SERVER.group(ann);
        ann.patch("/v1/me", Map.of("name", "Ann")).expect(200);
        ann.patch("/v1/groups/" + group, Map.of("name", "Ours")).expect(200);

        assertEquals(ann.id(), renamed(ann, blank));
        assertEquals(ann.id(), me(ann).get("name").asText());
        assertEquals(group, name(ann.patch("/v1/groups/" + group, Map.of("name", blank))));
        String user = SERVER.user("id").id() + "-2";
        assertEquals(user, create(Map.of("id", user, "name", blank)).get("name").asText());
        assertEquals(group + "-2", name(ann.post("/v1/groups", Map.of("id", group + "-2", "name", blank))));
    }

    @Test
    void aNameThatAnEarlierVersionAcceptedIsShownWithoutTheCharactersThatAreRefusedNow() {
        ApiClient ann = SERVER.user("ann");
        ApiClient bob = SERVER.user("bob");
        String group = SERVER.group(ann, bob);
        SERVER.redis().client().hset("sb:user:{" + ann.id() + "}", "name", " Bob\u202eecila");
        SERVER.redis().client().hset("sb:user:{" + bob.id() + "}", "name", "\u3164");
        SERVER.redis().client().hset("sb:{" + group + "}:info", "name", "\u2066ops\u2069");

        assertEquals("Bobecila", me(ann).get("name").asText());
        assertEquals(bob.id(), me(bob).get("name").asText());
        assertEquals("ops", name(ann.get("/v1/groups/" + group)));
    }

    private static String renamed(ApiClient user, String name) {
        return name(user.patch("/v1/me", Map.of("name", name)));
    }

    private static String name(ApiClient.Answer answer) {
        assertTrue(answer.status() < 300, answer::toString);
        return answer.json().get("name").asText();
    }

    @Test
    void everyUserCanListAllUsersSortedById() {
        for (String id : List.of("list-b", "list-a", "list.c", "list-10", "list-9")) {
            create(Map.of("id", id));
        }

        List<String> ids = ApiClient.each(
                SERVER.user("ann").get("/v1/users").expect(200).json().get("users"), "id");

        assertEquals(List.copyOf(new TreeSet<>(ids)), ids);
        assertTrue(ids.containsAll(List.of("admin", "list-10", "list-9", "list-a", "list-b", "list.c")));
    }

    @Test
    void anAdminCreatedByAnAdminHasAllAdminRights() {
        JsonNode created = create(Map.of("id", "second", "admin", true));
        ApiClient second =
                new ApiClient(SERVER::port, "second", created.get("token").asText());

        assertTrue(me(second).get("admin").asBoolean());
        ApiClient ann = SERVER.user("ann");
        second.post("/v1/users", Map.of("id", "third")).expect(201);
        second.post("/v1/users/" + ann.id() + "/token").expect(200);
        second.delete("/v1/users/third").expect(204);
        second.get("/v1/groups?all=true").expect(200);
        second.delete("/v1/users/second").expect(204);
        second.get("/v1/me").problem(401, "unauthorized");
    }

    @Test
    void meShowsTheCallerAndItsGroupsWithUnreadCounts() {
        ApiClient ann = SERVER.user("ann");
        ApiClient bob = SERVER.user("bob");
        String first = SERVER.group(ann, bob);
        String second = SERVER.group(ann, bob);
        ann.send(second, "one");
        ann.send(second, "two");
        bob.ack(second, 1);

        JsonNode me = me(bob);

        assertEquals(List.of("admin", "groups", "id", "name", "send_read_receipts"), fields(me));
        assertTrue(me.get("send_read_receipts").asBoolean());
        JsonNode groups = me.get("groups");
        assertEquals(List.copyOf(new TreeSet<>(List.of(first, second))), ApiClient.each(groups, "id"));
        for (JsonNode group : groups) {
            assertEquals(List.of("id", "last_ack", "last_id", "name", "unread"), fields(group));
            boolean other = group.get("id").asText().equals(first);
            assertEquals(other ? 0 : 2, group.get("last_id").asInt());
            assertEquals(other ? 0 : 1, group.get("last_ack").asInt());
            assertEquals(other ? 0 : 1, group.get("unread").asInt());
        }
    }

    @Test
    void aChangeOfMeAnswersTheNewMe() {
        ApiClient ann = SERVER.user("ann");

        JsonNode changed = ann.patch("/v1/me", Map.<String, Object>of("name", "Ann", "send_read_receipts", false))
                .expect(200)
                .json();

        assertEquals(me(ann), changed);
        assertEquals("Ann", changed.get("name").asText());
        assertFalse(changed.get("send_read_receipts").asBoolean());
    }

    @Test
    void adminInheritsTheGroupsOfADeletedUserAndOtherGroupsGoOn() {
        ApiClient ann = SERVER.user("ann");
        ApiClient bob = SERVER.user("bob");
        String owned = SERVER.group(ann, bob);
        String joined = SERVER.group(bob, ann);

        SERVER.admin().delete("/v1/users/" + ann.id()).expect(204);

        JsonNode group = bob.get("/v1/groups/" + owned).expect(200).json();
        assertEquals("admin", group.get("owner").asText());
        assertEquals(2, group.get("members").asInt());
        JsonNode members = bob.get("/v1/groups/" + joined + "/members").json().get("members");
        assertEquals(List.of(bob.id()), ApiClient.each(members, "id"));
        SERVER.admin().delete("/v1/users/" + ann.id()).problem(404, "not_found");
    }

    @Test
    void anIdIsGivenOnce() {
        ApiClient ann = SERVER.user("ann");

        String taken = refusal(ann);
        SERVER.admin().delete("/v1/users/" + ann.id()).expect(204);
        SERVER.restart();

        assertTrue(taken.contains("already exists"), taken);
        assertTrue(refusal(ann).contains("belonged to a deleted user"), refusal(ann));
        ann.get("/v1/me").problem(401, "unauthorized");
    }

    private static String refusal(ApiClient user) {
        return SERVER.admin()
                .post("/v1/users", Map.of("id", user.id()))
                .problem(409, "conflict")
                .get("detail")
                .asText();
    }
}
