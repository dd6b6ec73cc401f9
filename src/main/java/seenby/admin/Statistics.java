package seenby.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** What a server has, in numbers. */
record Statistics(JsonNode users, JsonNode groups) {
    void print(PrintStream out) {
        Rows rows = new Rows(out, List.of("what", "count"));
        rows.print("users", count(users.path("users"), user -> true));
        rows.print(
                "inactive users",
                count(users.path("users"), user -> !user.path("active").asBoolean()));
        rows.print(
                "admins", count(users.path("users"), user -> user.path("admin").asBoolean()));
        rows.print("groups", count(groups.path("groups"), group -> true));
        rows.print("memberships", sum(groups.path("groups"), "members"));
        rows.print("messages sent", sum(groups.path("groups"), "last_id"));
    }

    private static String count(JsonNode list, Predicate<JsonNode> counts) {
        return Long.toString(
                StreamSupport.stream(list.spliterator(), false).filter(counts).count());
    }

    private static String sum(JsonNode list, String field) {
        return Long.toString(StreamSupport.stream(list.spliterator(), false)
                .mapToLong(element -> element.path(field).asLong())
                .sum());
    }
}
