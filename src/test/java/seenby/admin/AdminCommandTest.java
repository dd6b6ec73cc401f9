package seenby.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** What {@code admin …} does, prints and exits with. */
class AdminCommandTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private static final String DOCUMENTED = "java -jar target/seenby.jar admin ";

    @TempDir
    private Path directory = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final String id = SERVER.user("admin-test").id();

    private int run(String... words) {
        List<String> all = Stream.concat(
                        Stream.of("--url", "http://127.0.0.1:" + SERVER.port() + "/"), Stream.of(words))
                .toList();
        return run(Map.of("SEENBY_TOKEN", SERVER.admin().token()), all);
    }

    private int run(Map<String, String> environment, List<String> words) {
        out.reset();
        err.reset();
        return new AdminCommand(print(out), print(err), environment, directory).run(words);
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private String error() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private void done(String... words) {
        assertEquals(0, run(words), this::error);
    }

    private static ApiClient user(String id, String token) {
        return new ApiClient(SERVER::port, id, token);
    }

    @Test
    void aUserIsCreatedListedDeactivatedAndDeleted() {
        done("users", "add", id + ".1", "--name", "Ann Arbor", "--admin");
        ApiClient ann = user(id + ".1", lines().get(0));
        assertTrue(ann.get("/v1/me").expect(200).json().get("admin").asBoolean());

        done("users", "deactivate", id + ".1", id);
        ann.get("/v1/me").expect(401);
        done("users", "list");
        assertEquals("id\tname\tadmin\tactive\tcreated_at", lines().get(0));
        assertTrue(
                lines().stream().anyMatch(line -> line.startsWith(id + ".1\tAnn Arbor\ttrue\tfalse\t2")),
                lines()::toString);
        done("users", "activate", id + ".1");
        ann.get("/v1/me").expect(200);

        done("users", "token", id + ".1");
        user(id + ".1", lines().get(0)).get("/v1/me").expect(200);
        ann.get("/v1/me").expect(401);

        done("users", "delete", id + ".1");
        SERVER.admin().get("/v1/users/" + id + ".1").expect(404);
    }

    @Test
    void aCsvFileBecomesUsersWithTheirTokens() throws IOException {
        Path file = Files.writeString(
                directory.resolve("users.csv"),
                "name,id,admin\r\n\"Bea, the \"\"second\"\"\"," + id + ".b,\r\n," + id + ".c,true\r\n\r\n");

        done("users", "import", file.toString());

        assertEquals("id,token", lines().get(0));
        assertEquals(3, lines().size());
        String[] bea = lines().get(1).split(",", -1);
        assertEquals(
                "Bea, the \"second\"",
                user(bea[0], bea[1])
                        .get("/v1/me")
                        .expect(200)
                        .json()
                        .get("name")
                        .asText());
        String[] cem = lines().get(2).split(",", -1);
        assertTrue(user(cem[0], cem[1]).get("/v1/me").json().get("admin").asBoolean());
    }

    @Test
    void moreUsersThanTheServerTakesAtOnceAreCreatedInTurn() throws IOException {
        Path file = directory.resolve("users.csv");
        Files.writeString(
                file,
                "id\n"
                        + String.join(
                                "\n",
                                IntStream.rangeClosed(1, 1001)
                                        .mapToObj(i -> id + "." + i)
                                        .toList()));

        done("users", "import", file.toString());

        assertEquals(1002, lines().size());
    }

    @Test
    void anImportThatFailsSaysWhere() throws IOException {
        Path file = Files.writeString(directory.resolve("users.csv"), "id,age\n" + id + ".1,7\n");

        assertEquals(1, run("users", "import", file.toString()));

        assertTrue(error().contains("'age'") && error().contains("users 1 to 1 of the file"), this::error);
        assertEquals(1, run("users", "import", directory.resolve("none.csv").toString()));
        assertTrue(error().contains("none.csv"), this::error);
    }

    @Test
    void aGroupIsCreatedChangedAndDeleted() {
        done("groups", "add", id, "--name", "Operations", "--receipts", "members", "--member", id);
        done("members", "list", id);
        assertEquals("id\tname\trole\tjoined_at\tonline", lines().get(0));
        assertEquals(
                List.of("admin", id),
                Stream.of(lines().get(1), lines().get(2))
                        .map(line -> line.split("\t", -1)[0])
                        .sorted()
                        .toList());

        done("groups", "change", id, "--owner", id);
        done("members", "remove", id, "admin");
        done("members", "add", id, "admin");
        done("groups", "list");
        assertTrue(
                lines().stream().anyMatch(line -> line.startsWith(id + "\tOperations\t" + id + "\t2\tmembers\t0\t2")),
                lines()::toString);

        done("groups", "delete", "--with-archive", id);
        assertEquals(1, run("groups", "delete", id));
    }

    @Test
    void statisticsCount() {
        done("stats");

        assertEquals(
                List.of("what", "users", "inactive users", "admins", "groups", "memberships", "messages sent"),
                lines().stream().map(line -> line.split("\t", -1)[0]).toList());
    }

    @Test
    void whatTheServerRefusesIsOneLineAndExitCode1() {
        assertEquals(1, run("users", "add", id));

        assertEquals("seenby: A user with this id already exists. Choose another id.\n", error());
        assertEquals("", out.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"users add, ID", "users ad x, ad", "users list --all, --all", "nobody, nobody"})
    void wordsThatAreNotUnderstoodAreExitCode2(String words, String named) {
        assertEquals(2, run(words.split(" ", -1)));

        assertTrue(error().contains(named), this::error);
    }

    @ParameterizedTest
    @CsvSource({"--help, groups", "users --help, import", "users import --help, CSV", "help members, remove"})
    void helpIsExitCode0(String words, String named) {
        assertEquals(0, run(words.split(" ", -1)));

        assertTrue(out.toString(StandardCharsets.UTF_8).contains(named), lines()::toString);
    }

    @Test
    void itFindsTheServerAndItsTokenAsTheServerDoes() throws IOException {
        Files.writeString(directory.resolve("config.properties"), "http.port=" + SERVER.port() + "\ndata.dir=here\n");
        Files.writeString(
                Files.createDirectory(directory.resolve("here")).resolve("admin.token"),
                SERVER.admin().token() + "\n");

        assertEquals(0, run(Map.of(), List.of("users", "list")), this::error);
    }

    /** The shared server has other users, so they get other ids here. */
    @Test
    void theCommandsInTheDocsWork() throws IOException {
        String page =
                Files.readString(Path.of("docs/operate.md")).replaceAll("\\b(alice|bob|carol|ops)\\b", id + ".$1");
        String csv = page.substring(page.indexOf("```csv\n") + 7);
        Path file = Files.writeString(directory.resolve("users.csv"), csv.substring(0, csv.indexOf("```")));
        List<String> commands = page.lines()
                .filter(line -> line.startsWith(DOCUMENTED))
                .map(line -> line.substring(DOCUMENTED.length()).replace("users.csv", file.toString()))
                .toList();

        commands.forEach(command -> done(command.split(" ", -1)));

        assertEquals(7, commands.size());
        SERVER.admin().get("/v1/groups/" + id + ".ops/members").expect(200);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertEquals(1, run(Map.of("SEENBY_HTTP_PORT", "1", "SEENBY_TOKEN", "x"), List.of("users", "list")));
        assertTrue(error().contains("http://127.0.0.1:1") && error().contains("--url"), this::error);

        assertEquals(1, run(Map.of(), List.of("users", "list")));
        assertTrue(error().contains("admin.token") && error().contains("--token-file"), this::error);

        assertEquals(1, run(Map.of("SEENBY_HTTP_PORT", "x"), List.of("users", "list")));
        assertTrue(error().contains("http.port"), this::error);
    }
}
