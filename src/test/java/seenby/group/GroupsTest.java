package seenby.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** The API contract for groups and their members. */
class GroupsTest {
    private static final List<String> FIELDS =
            List.of("created_at", "first_id", "id", "last_id", "members", "name", "owner", "receipts");

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private ApiClient ann = SERVER.nobody();
    private ApiClient bob = SERVER.nobody();
    private ApiClient eve = SERVER.nobody();
    private String group = "";
    private String path = "";

    @BeforeEach
    void annOwnsAGroupWithBob() {
        ann = SERVER.user("ann");
        bob = SERVER.user("bob");
        eve = SERVER.user("eve");
        group = SERVER.group(ann, bob);
        path = "/v1/groups/" + group;
    }

    private static List<String> fields(JsonNode object) {
        return List.copyOf(new TreeSet<>(
                object.properties().stream().map(Map.Entry::getKey).toList()));
    }

    private static List<String> plus(List<String> fields, String... more) {
        TreeSet<String> all = new TreeSet<>(fields);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }

    private JsonNode members(ApiClient caller) {
        return caller.get(path + "/members").expect(200).json().get("members");
    }

    private List<String> memberIds() {
        return ApiClient.each(members(ann), "id");
    }

    @Test
    void aNewGroupBelongsToItsCallerAndHasAllFields() {
        Map<String, Object> body = Map.of(
                "id", group + "-b", "name", "Ops 值班", "members", List.of(bob.id(), ann.id()), "receipts", "members");

        JsonNode created = ann.post("/v1/groups", body).expect(201).json();

        assertEquals(plus(FIELDS, "last_ack", "unread"), fields(created));
        assertEquals("Ops 值班", created.get("name").asText());
        assertEquals(ann.id(), created.get("owner").asText());
        assertEquals(2, created.get("members").asInt());
        assertEquals("members", created.get("receipts").asText());
        assertEquals(0, created.get("last_id").asInt());
        assertEquals(created, ann.get("/v1/groups/" + group + "-b").expect(200).json());
    }

    @Test
    void defaultsAreTheIdAsNameThePolicySenderAndNoOtherMembers() {
        JsonNode created =
                eve.post("/v1/groups", Map.of("id", group + "-b")).expect(201).json();

        assertEquals(group + "-b", created.get("name").asText());
        assertEquals("sender", created.get("receipts").asText());
        assertEquals(1, created.get("members").asInt());
    }

    @Test
    void aMemberSeesItsCursorAndAnAdminWhoIsNotAMemberDoesNot() {
        ann.send(group, "one");

        JsonNode asMember = bob.get(path).expect(200).json();
        JsonNode asAdmin = SERVER.admin().get(path).expect(200).json();

        assertEquals(1, asMember.get("unread").asInt());
        assertEquals(0, asMember.get("last_ack").asInt());
        assertEquals(FIELDS, fields(asAdmin));
        assertEquals(1, asAdmin.get("last_id").asInt());
    }

    @Test
    void aUserListsItsGroupsAndAnAdminCanListAllSortedById() {
        String other = SERVER.group(eve);

        JsonNode own = bob.get("/v1/groups").expect(200).json().get("groups");
        JsonNode all =
                SERVER.admin().get("/v1/groups?all=true").expect(200).json().get("groups");

        assertEquals(List.of(group), ApiClient.each(own, "id"));
        assertEquals(plus(FIELDS, "last_ack", "unread"), fields(own.get(0)));
        List<String> ids = ApiClient.each(all, "id");
        assertEquals(List.copyOf(new TreeSet<>(ids)), ids);
        assertTrue(ids.containsAll(List.of(group, other)));
        assertEquals(
                0,
                SERVER.admin()
                        .get("/v1/groups")
                        .expect(200)
                        .json()
                        .get("groups")
                        .size());
    }

    @Test
    void aPatchByOwnerOrAdminChangesOnlyTheGivenFields() {
        JsonNode before = ann.get(path).json();

        JsonNode renamed = ann.patch(path, Map.of("name", "New")).expect(200).json();
        JsonNode silenced = SERVER.admin()
                .patch(path, Map.of("receipts", "off"))
                .expect(200)
                .json();

        assertEquals("New", renamed.get("name").asText());
        assertEquals("sender", renamed.get("receipts").asText());
        assertEquals("New", silenced.get("name").asText());
        assertEquals("off", silenced.get("receipts").asText());
        assertEquals(before.get("owner"), silenced.get("owner"));
        assertEquals(
                group, ann.patch(path, Map.of("name", "")).json().get("name").asText());
    }

    @Test
    void anOwnerCanLeaveOnlyAfterATransferOfTheGroup() {
        ann.delete(path + "/members/" + ann.id()).problem(409, "conflict");
        SERVER.admin().delete(path + "/members/" + ann.id()).problem(409, "conflict");

        JsonNode transferred =
                ann.patch(path, Map.of("owner", bob.id())).expect(200).json();

        assertEquals(bob.id(), transferred.get("owner").asText());
        ann.patch(path, Map.of("name", "x")).problem(403, "forbidden");
        ann.delete(path + "/members/" + ann.id()).expect(204);
        ann.get(path).problem(404, "not_found");
        bob.patch(path, Map.of("name", "x")).expect(200);
    }

    @Test
    void aNewOwnerMustBeAMember() {
        for (String id : List.of(eve.id(), "nobody", "admin", "No Id", "")) {
            JsonNode problem = ann.patch(path, Map.of("owner", id)).problem(422, "invalid");
            assertEquals("owner", problem.get("field").asText());
        }
    }

    @Test
    void membersAreSortedByIdAndShowOnlyTheCallersCursor() {
        ann.send(group, "one");

        JsonNode rows = members(bob);

        assertEquals(List.of(ann.id(), bob.id()), ApiClient.each(rows, "id"));
        assertEquals(List.of("owner", "member"), ApiClient.each(rows, "role"));
        assertEquals(List.of("id", "joined_at", "name", "online", "role"), fields(rows.get(0)));
        assertEquals(plus(fields(rows.get(0)), "last_ack", "unread"), fields(rows.get(1)));
        assertEquals(1, rows.get(1).get("unread").asInt());
        for (JsonNode row : members(SERVER.admin())) {
            assertFalse(row.has("last_ack"));
        }
    }

    @Test
    void addingManyMembersNamesThoseWhoWereAlreadyIn() {
        List<String> ids = List.of(eve.id(), bob.id(), eve.id(), ann.id());

        JsonNode joined =
                ann.post(path + "/members", Map.of("ids", ids)).expect(200).json();

        assertEquals(List.of(eve.id()), ApiClient.texts(joined.get("added")));
        assertEquals(List.of(ann.id(), bob.id()), ApiClient.texts(joined.get("already")));
        assertEquals(List.of(ann.id(), bob.id(), eve.id()), memberIds());
        JsonNode none = ann.post(path + "/members", Map.of("ids", List.of()))
                .expect(200)
                .json();
        assertEquals(0, none.get("added").size() + none.get("already").size());
    }

    @Test
    void aMemberIsAddedOnceAndCanLeave() {
        ann.put(path + "/members/" + eve.id()).expect(201);
        ann.put(path + "/members/" + eve.id()).expect(200);
        SERVER.admin().put(path + "/members/admin").expect(201);

        eve.delete(path + "/members/" + eve.id()).expect(204);
        eve.get(path).problem(404, "not_found");
        ann.delete(path + "/members/" + bob.id()).expect(204);
        ann.delete(path + "/members/" + bob.id()).problem(404, "not_found");
        SERVER.admin().delete(path + "/members/admin").expect(204);

        assertEquals(List.of(ann.id()), memberIds());
    }

    @Test
    void oneUnknownUserInTheListAddsNobody() {
        JsonNode problem = ann.post(path + "/members", Map.of("ids", List.of(eve.id(), "nobody")))
                .problem(422, "invalid");

        assertEquals("ids", problem.get("field").asText());
        assertTrue(problem.get("detail").asText().contains("nobody"));
        assertEquals(List.of(ann.id(), bob.id()), memberIds());
    }

    @Test
    void anAdminDeletesAnyGroupAndItsIdIsFreeAgain() {
        ann.send(group, "one");

        SERVER.admin().delete(path).expect(204);

        ann.get(path).problem(404, "not_found");
        SERVER.admin().get(path).problem(404, "not_found");
        SERVER.admin().delete(path).problem(404, "not_found");
        eve.post("/v1/groups", Map.of("id", group)).expect(201);
        assertEquals(1, eve.send(group, "one"));
        bob.get(path).problem(404, "not_found");
    }

    @Test
    void permissionIsCheckedBeforeTheIdsOfNewMembers() {
        ApiClient owner = SERVER.user("owner");
        ApiClient member = SERVER.user("member");
        ApiClient outsider = SERVER.user("outsider");
        String path = "/v1/groups/" + SERVER.group(owner, member) + "/members";

        for (List<String> ids : List.of(List.<String>of(), List.of("no-such-user"))) {
            outsider.post(path, Map.of("ids", ids)).problem(404, "not_found");
            member.post(path, Map.of("ids", ids)).problem(403, "forbidden");
            outsider.post("/v1/groups/none/members", Map.of("ids", ids)).problem(404, "not_found");
        }
        member.put(path + "/no-such-user").problem(403, "forbidden");
        owner.put(path + "/no-such-user").problem(404, "not_found");
        owner.post(path, Map.of("ids", List.of("no-such-user"))).problem(422, "invalid");
    }
}
