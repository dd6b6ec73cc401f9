package seenby.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All Markdown pages: their links work, their prose wraps, and the names and texts that they quote exist in the code.
 */
class PagesTest {
    private static final Path DOCS = Path.of("docs");

    /** Classes that the design names and that are not ours. */
    private static final Set<String> NOT_OURS = Set.of("IOException", "LongAdder", "WriteListener");

    private static List<Path> inDocs() throws IOException {
        try (Stream<Path> docs = Files.list(DOCS)) {
            return docs.filter(page -> page.toString().endsWith(".md")).toList();
        }
    }

    static Stream<Path> pages() throws IOException {
        Stream<String> others =
                Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "examples/README.md");
        return Stream.concat(inDocs().stream(), others.map(Path::of));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadToWhatIsThere(Path page) {
        for (String link : Markdown.of(page).links()) {
            if (!link.startsWith("http")) {
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
                assertTrue(Files.exists(target), page + ": " + link);
                assertTrue(parts.length < 2 || Markdown.of(target).anchors().contains(parts[1]), page + ": " + link);
            }
        }
    }

    /** A line may be longer where nobody can break it: a row of a table, a picture, a command. */
    @ParameterizedTest
    @MethodSource("pages")
    void proseWrapsAt120(Path page) {
        List<String> tooLong = prose(page)
                .lines()
                .filter(line -> line.length() > 120 && !line.matches("(\\||!\\[|<img ).*"))
                .toList();

        assertEquals(List.of(), tooLong);
    }

    private static String prose(Path page) {
        return Markdown.of(page).text().replaceAll("(?ms)^ *```.*?^ *```$", "");
    }

    @Test
    void indexNamesEveryPage() throws IOException {
        List<String> named = Markdown.of(DOCS.resolve("README.md")).links();
        for (Path page : inDocs()) {
            String name = page.getFileName().toString();
            assertTrue(name.equals("README.md") || named.contains(name), name);
        }
    }

    @Test
    void classesAndScriptsThatTheDesignNamesExist() {
        String design = prose(DOCS.resolve("design.md"));
        Set<String> named = new TreeSet<>(found("`([A-Z][a-z]+(?:[A-Z][a-z]+)*)[`.]", design));
        named.removeAll(NOT_OURS);
        named.removeAll(names(Path.of("src/main/java"), ".java"));

        Set<String> scripts = new TreeSet<>(found(
                "`((?:archive|group|line|message|receipt|update|user)_[a-z_]+|publish|free|acked_alone)`", design));

        assertEquals(Set.of(), named);
        assertEquals(names(Path.of("scripts/lua"), ".lua"), scripts);
    }

    @Test
    void everyCodeOfAnErrorIsInTheTable() {
        Set<String> codes = new TreeSet<>();
        OpenApi.read()
                .root()
                .at("components", "schemas", "Problem", "properties", "code", "enum")
                .json()
                .forEach(code -> codes.add(code.asText()));

        Markdown errors = Markdown.of(DOCS.resolve("api.md")).section("Errors");

        assertEquals(codes, new TreeSet<>(found("(?m)^\\| `\\d+ ([a-z_]+)` \\|", errors.text())));
    }

    @Test
    void errorThatIsShownExists() {
        String errors = Markdown.of(DOCS.resolve("api.md")).section("Errors").text();

        String detail = found("\"detail\":\"([^\"]*)\"", errors).get(0);

        assertTrue(code().contains(detail), detail);
    }

    /** Each piece between two "…" stands in a string of the code. */
    @Test
    void logLinesThatAreExplainedExist() {
        Markdown lines = Markdown.of(DOCS.resolve("operate.md")).section("What do the log lines mean?");
        String code = code();

        List<String> explained = found("(?m)^\\| (?:INFO|WARN|ERROR) `([^`]+)` \\|", lines.text());

        assertTrue(explained.size() > 5, explained::toString);
        assertEquals(
                List.of(),
                explained.stream()
                        .flatMap(line -> Stream.of(line.split("…")))
                        .filter(Predicate.not(code::contains))
                        .toList());
    }

    @Test
    void everyPromiseNamesTestsThatExist() throws IOException {
        List<String> promises = Files.readAllLines(DOCS.resolve("guarantees.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| promise") && !line.startsWith("| ---"))
                .toList();
        Map<String, String> tests = texts(Path.of("src/test/java"));

        assertTrue(promises.size() > 25, promises::toString);
        for (String promise : promises) {
            List<String> named = found("`([A-Z]\\w+\\.\\w+)`", promise);
            assertTrue(!named.isEmpty(), promise);
            for (String name : named) {
                String[] parts = name.split("\\.", -1);
                assertTrue(tests.getOrDefault(parts[0], "").contains(" void " + parts[1] + "("), name);
            }
        }
    }

    private static Map<String, String> texts(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                texts.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        return texts;
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private static Set<String> names(Path root, String ending) {
        return files(root)
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(ending))
                .map(name -> name.substring(0, name.length() - ending.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All sources, with each string in one piece. */
    private static String code() {
        return files(Path.of("src/main/java"))
                .map(file -> Markdown.of(file).text())
                .collect(Collectors.joining())
                .replaceAll("\"\\s*\\+ \"", "");
    }

    private static Stream<Path> files(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
