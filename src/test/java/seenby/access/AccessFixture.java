package seenby.access;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import seenby.access.AccessRow.Cell;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.RefusalFixture;
import seenby.support.RunningServer;

/** A group with two messages, a client of each role, and the ids that a call may name. The outsider has a group. */
final class AccessFixture {
    static final String TEXT = "a text that members read";
    static final String NAME = "A name that members and admins read";

    private final RunningServer server;
    private final Map<Role, ApiClient> clients = new EnumMap<>(Role.class);
    private final Map<String, String> ids = new LinkedHashMap<>();

    AccessFixture(RunningServer server) {
        this.server = server;
        createClients();
        ids.put("{gid}", "group-of-" + as(Role.OWNER).id());
        ids.put("{uid}", server.user("stranger").id());
        ids.put("{home}", server.group(as(Role.OUTSIDER)));
        ids.put("{new}", "new-" + as(Role.OWNER).id());
        ids.put("{id}", "1");
        ids.put("{theirs}", "2");
        createGroup();
    }

    /** Who has no token pretends to be a member. */
    private void createClients() {
        for (Role role : List.of(Role.OUTSIDER, Role.MEMBER, Role.OWNER, Role.REMOVED)) {
            clients.put(role, server.user(role.toString()));
        }
        String member = as(Role.MEMBER).id();
        clients.put(Role.NONE, new ApiClient(server::port, member, ""));
        clients.put(Role.GARBAGE, new ApiClient(server::port, member, "garbage"));
        clients.put(Role.ADMIN, admin("admin-of-" + member));
        clients.put(Role.REVOKED, admin("revoked-of-" + member));
    }

    private ApiClient admin(String id) {
        return server.admin().newUser(Map.<String, Object>of("id", id, "admin", true));
    }

    private void createGroup() {
        ApiClient other = server.user("other");
        ids.put("{other}", other.id());
        List<String> members = Stream.of(as(Role.MEMBER), as(Role.REMOVED), as(Role.REVOKED), other)
                .map(ApiClient::id)
                .toList();
        ApiClient owner = as(Role.OWNER);
        owner.post("/v1/groups", Map.<String, Object>of("id", id("{gid}"), "name", NAME, "members", members))
                .expect(201);
        owner.send(id("{gid}"), TEXT);
        other.send(id("{gid}"), TEXT);
        remove(as(Role.REMOVED));
        revoke(as(Role.REVOKED));
    }

    private void remove(ApiClient member) {
        server.admin()
                .delete("/v1/groups/" + id("{gid}") + "/members/" + member.id())
                .expect(204);
    }

    /** The server has seen the token wherever it may remember one. */
    private void revoke(ApiClient user) {
        user.poll("");
        user.get("/metrics").expect(200);
        server.admin().post("/v1/users/" + user.id() + "/token").expect(200);
    }

    String id(String placeholder) {
        return Objects.requireNonNull(ids.get(placeholder), placeholder);
    }

    Answer call(Cell cell) {
        return call(cell.role(), cell.row());
    }

    Answer call(Role role, AccessRow row) {
        return call(role, row, Map.of());
    }

    /** @param instead ids that the call names in place of those of the fixture */
    Answer call(Role role, AccessRow row, Map<String, String> instead) {
        String json = filled(row.json(), role, instead);
        Map<String, String> headers = json.isEmpty() ? Map.of() : Map.of("Content-Type", RefusalFixture.JSON);
        return as(role).call(row.method(), filled(row.target(), role, instead), BodyPublishers.ofString(json), headers);
    }

    ApiClient as(Role role) {
        return Objects.requireNonNull(clients.get(role), role::toString);
    }

    private String filled(String template, Role role, Map<String, String> instead) {
        String filled = template.replace("{self}", as(role).id());
        for (Map.Entry<String, String> id : ids.entrySet()) {
            filled = filled.replace(id.getKey(), instead.getOrDefault(id.getKey(), id.getValue()));
        }
        return filled;
    }

    /** The body with the names of the placeholders in place of the ids that the call has named. */
    String unnamed(Answer answer, Map<String, String> instead) {
        String body = answer.response().body();
        for (Map.Entry<String, String> id : ids.entrySet()) {
            body = body.replace(instead.getOrDefault(id.getKey(), id.getValue()), id.getKey());
        }
        return body;
    }
}
