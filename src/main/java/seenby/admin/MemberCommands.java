package seenby.admin;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code admin members …}. */
@Command(name = "members", description = "Shows, adds and removes members of a group.", mixinStandardHelpOptions = true)
final class MemberCommands {
    private final AdminConnection server;
    private final PrintStream out;

    MemberCommands(AdminConnection server, PrintStream out) {
        this.server = server;
        this.out = out;
    }

    private static String path(String group) {
        return "/v1/groups/" + Words.encoded(group) + "/members";
    }

    @Command(description = "Lists the members of a group.", mixinStandardHelpOptions = true)
    void list(@Parameters(paramLabel = "GROUP") String group) {
        Rows.print(out, server.get(path(group)).path("members"), "id", "name", "role", "joined_at", "online");
    }

    @Command(description = "Adds users to a group.", mixinStandardHelpOptions = true)
    void add(
            @Parameters(paramLabel = "GROUP") String group,
            @Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) {
        server.post(path(group), Map.of("ids", ids));
    }

    @Command(description = "Removes members from a group.", mixinStandardHelpOptions = true)
    void remove(
            @Parameters(paramLabel = "GROUP") String group,
            @Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) {
        ids.forEach(id -> server.delete(path(group) + "/" + Words.encoded(id)));
    }
}
