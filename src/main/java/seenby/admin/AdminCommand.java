package seenby.admin;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code admin …}: users, groups and members of a running server. */
@Command(
        name = "admin",
        description = {
            "Administers a running server over HTTP.",
            "It finds the server and its token as the server does: by config.properties, SEENBY_… and the defaults."
        },
        synopsisSubcommandLabel = "users|groups|members|stats …",
        mixinStandardHelpOptions = true,
        subcommands = CommandLine.HelpCommand.class)
public final class AdminCommand {
    private static final int FAILED = 1;

    private final PrintStream out;
    private final PrintStream err;
    private final AdminConnection connection;

    /**
     * @param environment of the process
     * @param workingDirectory where config.properties and data.dir are
     */
    public AdminCommand(PrintStream out, PrintStream err, Map<String, String> environment, Path workingDirectory) {
        this.out = out;
        this.err = err;
        this.connection = new AdminConnection(environment, workingDirectory);
    }

    /** Returns the exit code: 0 if it was done, 1 if it failed, 2 if the words are not understood. */
    public int run(List<String> words) {
        CommandLine line = new CommandLine(this)
                .addSubcommand(new UserCommands(connection, out))
                .addSubcommand(new GroupCommands(connection, out))
                .addSubcommand(new MemberCommands(connection, out))
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((failure, command, parsed) -> fail(failure));
        return line.execute(words.toArray(String[]::new));
    }

    private int fail(Exception failure) throws Exception {
        if (failure instanceof AdminException) {
            err.println("seenby: " + failure.getMessage());
            return FAILED;
        }
        throw failure;
    }

    @Option(names = "--url", paramLabel = "URL", description = "The server, such as https://chat.example.org.")
    void setUrl(String url) {
        connection.setUrl(url);
    }

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the token of an admin. By default SEENBY_TOKEN, or the token of data.dir.")
    void setTokenFile(Path file) {
        connection.setTokenFile(file);
    }

    @Command(description = "Counts users, groups and messages.", mixinStandardHelpOptions = true)
    void stats() {
        new Statistics(connection.get("/v1/users"), connection.get("/v1/groups?all=true")).print(out);
    }
}
