package seenby.admin;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code admin groups …}. */
@Command(name = "groups", description = "Creates, shows and changes groups.", mixinStandardHelpOptions = true)
final class GroupCommands {
    private final AdminConnection server;
    private final PrintStream out;

    GroupCommands(AdminConnection server, PrintStream out) {
        this.server = server;
        this.out = out;
    }

    private static String path(String id) {
        return "/v1/groups/" + Words.encoded(id);
    }

    @Command(description = "Lists all groups.", mixinStandardHelpOptions = true)
    void list() {
        Rows.print(
                out,
                server.get("/v1/groups?all=true").path("groups"),
                "id",
                "name",
                "owner",
                "members",
                "receipts",
                "last_id",
                "created_at");
    }

    @Command(
            description =
                    "Creates a group. The admin is its owner and a member, until `change --owner` and `members remove`.",
            mixinStandardHelpOptions = true)
    void add(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--name", description = "The display name; the id by default.") Optional<String> name,
            @Option(names = "--receipts", paramLabel = "sender|members|off") Optional<String> receipts,
            @Option(names = "--member", paramLabel = "ID", description = "May be repeated.") @Nullable
                    List<String> members) {
        Map<String, Object> group = new HashMap<>(Map.of("id", id));
        name.ifPresent(text -> group.put("name", text));
        receipts.ifPresent(word -> group.put("receipts", word));
        Optional.ofNullable(members).ifPresent(ids -> group.put("members", ids));
        server.post("/v1/groups", group);
    }

    @Command(description = "Changes a group.", mixinStandardHelpOptions = true)
    void change(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--name") Optional<String> name,
            @Option(names = "--receipts", paramLabel = "sender|members|off") Optional<String> receipts,
            @Option(names = "--owner", paramLabel = "ID", description = "A member.") Optional<String> owner) {
        Map<String, Object> change = new HashMap<>();
        name.ifPresent(text -> change.put("name", text));
        receipts.ifPresent(word -> change.put("receipts", word));
        owner.ifPresent(user -> change.put("owner", user));
        server.patch(path(id), change);
    }

    @Command(description = "Deletes groups with their messages.", mixinStandardHelpOptions = true)
    void delete(
            @Parameters(paramLabel = "ID", arity = "1..*") List<String> ids,
            @Option(names = "--with-archive", description = "Deletes what is archived, too.") boolean withArchive) {
        ids.forEach(id -> server.delete(path(id) + (withArchive ? "?archive=delete" : "")));
    }
}
