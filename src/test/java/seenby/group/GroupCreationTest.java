package seenby.group;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** A server on which only admins create groups. */
class GroupCreationTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("groups.create=admins");

    @Test
    void onlyAdminsCreateGroupsAndOwnersStillManageTheirs() {
        ApiClient ann = SERVER.user("ann");

        ann.post("/v1/groups", Map.of("id", "ops")).problem(403, "forbidden");
        String group = SERVER.group(SERVER.admin(), ann);
        SERVER.admin().patch("/v1/groups/" + group, Map.of("owner", ann.id())).expect(200);

        ann.patch("/v1/groups/" + group, Map.of("name", "Ours")).expect(200);
        SERVER.admin().get("/v1/groups/ops").problem(404, "not_found");
    }
}
