package seenby.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** A server where a user may be in two groups, and a group may have three members. */
class GroupLimitsTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("groups.per_user=2", "groups.members=3");

    private ApiClient ann = SERVER.nobody();
    private ApiClient bob = ann;
    private ApiClient cem = ann;
    private ApiClient dan = ann;

    @BeforeEach
    void createUsers() {
        ann = SERVER.user("ann");
        bob = SERVER.user("bob");
        cem = SERVER.user("cem");
        dan = SERVER.user("dan");
    }

    private static void assertFull(String reason, ApiClient.Answer answer) {
        assertEquals(reason, answer.problem(409, "conflict").get("reason").asText());
    }

    @Test
    void aUserInAsManyGroupsAsItMayBeGetsNoOther() {
        String first = SERVER.group(ann, bob);
        SERVER.group(ann, bob);
        String third = SERVER.group(cem);

        assertFull("groups_full", ann.post("/v1/groups", Map.of("id", "one-more")));
        JsonNode refusal = cem.post("/v1/groups/" + third + "/members", Map.of("ids", List.of(bob.id(), dan.id())))
                .problem(409, "conflict");
        assertTrue(refusal.get("detail").asText().contains(bob.id()), refusal::toString);
        assertFull("groups_full", cem.put("/v1/groups/" + third + "/members/" + bob.id()));
        assertEquals(
                1,
                cem.get("/v1/groups/" + third + "/members")
                        .json()
                        .get("members")
                        .size());
        ann.put("/v1/groups/" + first + "/members/" + bob.id()).expect(200);

        bob.delete("/v1/groups/" + first + "/members/" + bob.id()).expect(204);
        cem.put("/v1/groups/" + third + "/members/" + bob.id()).expect(201);
    }

    @Test
    void aGroupWithAsManyMembersAsItMayHaveGetsNoOther() {
        assertFull(
                "members_full",
                ann.post("/v1/groups", Map.of("id", "four", "members", List.of(bob.id(), cem.id(), dan.id()))));
        String group = SERVER.group(ann, bob, cem);

        assertFull("members_full", ann.put("/v1/groups/" + group + "/members/" + dan.id()));
        assertFull(
                "members_full",
                ann.post("/v1/groups/" + group + "/members", Map.of("ids", List.of(bob.id(), dan.id()))));
        ann.post("/v1/groups/" + group + "/members", Map.of("ids", List.of(bob.id(), cem.id())))
                .expect(200);
    }

    @Test
    void theAdminMayBeInAnyNumberOfGroups() {
        for (int i = 0; i < 3; i++) {
            SERVER.admin().post("/v1/groups", Map.of("id", "of-admin-" + i)).expect(201);
        }
    }
}
