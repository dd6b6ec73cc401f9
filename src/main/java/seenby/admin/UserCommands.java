package seenby.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code admin users …}. */
@Command(name = "users", description = "Creates, shows and changes users.", mixinStandardHelpOptions = true)
final class UserCommands {
    private final AdminConnection server;
    private final PrintStream out;

    UserCommands(AdminConnection server, PrintStream out) {
        this.server = server;
        this.out = out;
    }

    private static String path(String id) {
        return "/v1/users/" + Words.encoded(id);
    }

    private void print(JsonNode users) {
        Rows.print(out, users, "id", "name", "admin", "active", "created_at");
    }

    @Command(description = "Lists all users.", mixinStandardHelpOptions = true)
    void list() {
        print(server.get("/v1/users").path("users"));
    }

    @Command(description = "Creates a user, and prints its token.", mixinStandardHelpOptions = true)
    void add(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--name", description = "The display name; the id by default.") Optional<String> name,
            @Option(names = "--admin", description = "Makes the user an admin.") boolean admin) {
        Map<String, Object> user = new HashMap<>(Map.of("id", id, "admin", admin));
        name.ifPresent(text -> user.put("name", text));
        out.println(server.post("/v1/users", user).path("token").asText());
    }

    @Command(
            name = "import",
            description = {
                "Creates the users of a CSV file, and prints their ids and tokens as CSV.",
                "Its first line names the columns: id, and if you like name and admin (true or false).",
                "It creates up to 1,000 users at once. If it fails, it says which users it has created."
            },
            mixinStandardHelpOptions = true)
    void importCsv(@Parameters(paramLabel = "FILE", description = "- is the standard input.") Path file) {
        new UserImport(server, out).run(UserCsv.read(file));
    }

    @Command(
            description = "Gives a user a new token, and prints it. The old one stops working.",
            mixinStandardHelpOptions = true)
    void token(@Parameters(paramLabel = "ID") String id) {
        out.println(server.post(path(id) + "/token").path("token").asText());
    }

    @Command(
            description = "Makes the tokens of users useless until they are activated. They owe no receipts.",
            mixinStandardHelpOptions = true)
    void deactivate(@Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) {
        ids.forEach(id -> server.patch(path(id), Map.of("active", false)));
    }

    @Command(description = "Makes the tokens of users work again.", mixinStandardHelpOptions = true)
    void activate(@Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) {
        ids.forEach(id -> server.patch(path(id), Map.of("active", true)));
    }

    @Command(description = "Deletes users. Nobody gets their ids again.", mixinStandardHelpOptions = true)
    void delete(@Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) {
        ids.forEach(id -> server.delete(path(id)));
    }
}
