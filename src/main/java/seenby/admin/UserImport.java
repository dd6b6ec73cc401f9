package seenby.admin;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Creates users of a list, as many at once as the server takes. */
record UserImport(AdminConnection server, PrintStream out) {
    private static final int AT_ONCE = 1000;

    void run(List<Map<String, Object>> users) {
        out.println("id,token");
        for (int from = 0; from < users.size(); from += AT_ONCE) {
            create(users, from, Math.min(users.size(), from + AT_ONCE));
        }
    }

    private void create(List<Map<String, Object>> users, int from, int to) {
        try {
            server.post("/v1/users/batch", Map.of("users", users.subList(from, to)))
                    .path("users")
                    .forEach(user -> out.println(
                            user.path("id").asText() + "," + user.path("token").asText()));
        } catch (AdminException e) {
            throw new AdminException("%s (users %d to %d of the file; those before are created)"
                    .formatted(e.getMessage(), from + 1, to));
        }
    }
}
