package seenby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static seenby.support.Eventually.eventually;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.config.ConfigSources;
import seenby.support.ApiClient;
import seenby.support.Tools;

/** The README says what is so: its commands are run as they stand there, and its tables compared. */
class ReadmeTest {
    private static final String README = read(Path.of("README.md"));

    @TempDir
    private Path directory = Path.of("");

    @Test
    void tourRunsAsItStandsAndPrintsWhatIsShown() throws Exception {
        assumeTrue(Tools.work("curl --json {} --version"), "the tour needs bash, and curl 7.82 or newer");
        String tour = section("Two minutes with curl");

        String printed;
        try (Seenby seenby = Seenby.start(ConfigSources.read(List.of("--http.port=0"), Map.of(), directory))) {
            printed = run(String.join("\n", blocks(tour, "sh")), seenby.port());
        }

        assertShown(blocks(tour, "json"), printed);
        String last = printed.lines().reduce("", (earlier, line) -> line);
        assertTrue(last.contains("\"readers\":[{\"id\":\"bob\""), last);
        assertTrue(last.contains("\"unread_members\":[\"carol\"]"), last);
    }

    @Test
    void commandsOfTheArchiveRunAsTheyStand() throws Exception {
        assumeTrue(Tools.work("zcat --version && jq --version"), "the commands need bash, gzip and jq");
        Path output = directory.resolve("output");
        List<String> flags = List.of("--http.port=0", "--receipts.retention=1s");
        try (Seenby seenby = Seenby.start(ConfigSources.read(flags, Map.of(), directory))) {
            ApiClient admin = new ApiClient(
                    seenby::port,
                    "admin",
                    read(directory.resolve("data/admin.token")).strip());
            ApiClient bob = admin.newUser(Map.of("id", "bob"));
            admin.post("/v1/users", Map.of("id", "carol")).expect(201);
            admin.post("/v1/groups", Map.of("id", "ops", "members", List.of("bob", "carol")))
                    .expect(201);
            admin.send("ops", "one");
            bob.ack("ops", 1);
            eventually(
                    "it is archived",
                    () -> admin.receipts("ops", 1).get("archived").asBoolean());

            for (String block : blocks(section("The archive"), "sh")) {
                bash(block, directory.resolve("commands.sh"), output);
            }
        }

        assertEquals(
                "[\"carol\"] 1 bob { \"messages\": 1, \"read_by_all\": 0 }",
                read(output).replaceAll("\\s+", " ").strip());
    }

    /** Every piece of what the README shows, between its "…", must be in what was printed, in the same order. */
    private static void assertShown(List<String> shown, String printed) {
        String output = squeezed(printed);
        int at = 0;
        for (String block : shown) {
            for (String piece : squeezed(block).split("…", -1)) {
                int found = output.indexOf(piece, at);
                assertTrue(found >= 0, "shown, and not printed: " + piece + "\nwhat was printed: " + printed);
                at = found + piece.length();
            }
        }
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s", "");
    }

    @Test
    void everyKeyOfTheConfigurationStandsThereWithItsDefault() throws IOException {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("config.properties"))) {
            shipped.load(reader);
        }

        Map<String, String> told = Pattern.compile("(?m)^\\| `([a-z_.]+)` \\|(?: `(.*?)`)? \\|")
                .matcher(section("Configuration"))
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1), ReadmeTest::defaultIn, (one, other) -> "twice", TreeMap::new));

        assertEquals(new TreeMap<>(shipped), told);
    }

    private static String defaultIn(MatchResult row) {
        return row.group(2) == null ? "" : row.group(2);
    }

    @Test
    void itsTwoCommandsAreThoseOfTheBuild() throws IOException {
        List<String> commands = blocks(README, "").get(0).lines().toList();
        String ci = read(Path.of(".ci/run")).lines().reduce("", (earlier, line) -> line);
        String pom = read(Path.of("pom.xml"));

        assertEquals(2, commands.size());
        assertEquals(ci.replace(" -B -ntp", ""), commands.get(1));
        assertTrue(commands.get(0).endsWith(" && java -jar target/seenby.jar"), commands.get(0));
        assertTrue(pom.contains("<finalName>seenby</finalName>"), "the jar of the README's command");
    }

    /** Runs the tour as it stands but for its first line, the address: the port that it names may be taken. */
    private String run(String tour, int port) throws IOException, InterruptedException {
        String address = "URL=http://127.0.0.1:8080\n";
        assertTrue(tour.startsWith(address), tour);
        Path script = directory.resolve("tour.sh");
        Path output = directory.resolve("output");
        // makes curl fail at every answer that is an error, so that bash stops there
        Files.writeString(directory.resolve(".curlrc"), "fail-with-body\nshow-error\nnoproxy = *\n");

        bash("URL=http://127.0.0.1:" + port + "\n" + tour.substring(address.length()), script, output);
        return read(output);
    }

    /** Runs commands in the test's directory, and adds what they print to a file. */
    private void bash(String commands, Path script, Path output) throws IOException, InterruptedException {
        Files.writeString(script, commands);
        ProcessBuilder command = new ProcessBuilder("bash", "-e", "-u", "-o", "pipefail", script.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        command.environment().put("CURL_HOME", directory.toString());
        Process bash = command.start();
        boolean ended = bash.waitFor(60, TimeUnit.SECONDS);
        bash.destroy();
        assertTrue(ended && bash.exitValue() == 0, () -> commands + "failed: " + read(output));
    }

    private static String section(String title) {
        String rest = README.substring(README.indexOf("\n## " + title + "\n") + 1);
        int end = rest.indexOf("\n## ");
        return end < 0 ? rest : rest.substring(0, end);
    }

    /** The fenced blocks of one language. */
    private static List<String> blocks(String markdown, String language) {
        return Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$")
                .matcher(markdown)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
