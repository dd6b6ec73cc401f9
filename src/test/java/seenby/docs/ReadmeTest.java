package seenby.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.Seenby;
import seenby.config.ConfigSources;
import seenby.support.Tools;

/** The README says what is so: its commands are run as they stand there. */
class ReadmeTest {
    private static final Markdown README = Markdown.of(Path.of("README.md"));

    @TempDir
    private Path directory = Path.of("");

    @Test
    void tourPrintsWhatTheReadmeShowsEachTimeItRuns() {
        assumeTrue(Tools.work("curl --json {} --version"), "the tour needs bash, and curl 7.82 or newer");
        Markdown tour = README.section("Two minutes with curl");
        Shell shell = new Shell(directory);

        try (Seenby seenby = Seenby.start(ConfigSources.read(List.of("--http.port=0"), Map.of(), directory))) {
            String commands = at(seenby.port(), String.join("\n", tour.blocks("sh")));
            String first = shell.run(commands).printed();
            String second = shell.run(commands).printed().substring(first.length());

            assertTour(tour, first);
            assertTour(tour, second);
        }
    }

    private static void assertTour(Markdown tour, String printed) {
        assertShown(tour.blocks("json|text"), printed);
        String last = printed.lines().reduce("", (earlier, line) -> line);
        assertTrue(last.contains("\"read\":2,\"unread\":0"), last);
    }

    /** As it stands but for its first line, the address: the port that it names may be taken. */
    private static String at(int port, String tour) {
        String address = "URL=http://127.0.0.1:8080\n";
        assertTrue(tour.startsWith(address), tour);
        return "URL=http://127.0.0.1:" + port + "\n" + tour.substring(address.length());
    }

    /** Every piece of what is shown, between its "…", must be in what was printed, in the same order. */
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
    void itsTwoCommandsAreThoseOfTheBuild() throws IOException {
        List<String> commands = README.blocks("").get(0).lines().toList();
        List<String> ci = Files.readString(Path.of(".ci/run"))
                .lines()
                .map(line -> line.replace(" -B -ntp", ""))
                .toList();
        String pom = Files.readString(Path.of("pom.xml"));

        assertEquals(2, commands.size());
        assertTrue(ci.contains(commands.get(1)), () -> commands.get(1) + " is not in " + ci);
        assertTrue(commands.get(0).endsWith(" && java -jar target/seenby.jar"), commands.get(0));
        assertTrue(pom.contains("<finalName>seenby</finalName>"), "the jar of the README's command");
    }
}
