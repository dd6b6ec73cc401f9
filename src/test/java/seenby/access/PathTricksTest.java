package seenby.access;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seenby.access.AccessRow.Cell;
import seenby.support.ApiClient.Answer;
import seenby.support.RunningServer;

/** No other spelling of a path leads past a check. */
class PathTricksTest {
    private static final List<String> BEFORE_THE_PATH = List.of(
            "/",
            "/.",
            "/%2e",
            "/;x",
            "/healthz/..",
            "/healthz/%2e%2e",
            "/healthz;x/..",
            "/docs/..;x/..",
            "/web/x/../..");

    private static final List<String> AFTER_THE_PATH =
            List.of("/", "//", "/.", "/%2e", "/x/..", "/x/%2e%2e", ";x", "/;x", "%00", "%20", "%0a", "%2f", ".css");

    private static final List<String> IN_PLACE_OF_A_SLASH =
            List.of("//", "/./", "/%2e/", "/x/../", "/x/%2e%2e/", "/;x/", ";x/", "%2f", "%5c");

    /** A way from the caller's own group to another. */
    private static final List<String> THROUGH_OWN_GROUP = List.of(
            "{home}/../{gid}", "{home}/%2e%2e/{gid}", "{home}/..%2f{gid}", "{home}%2f..%2f{gid}", "{home};/{gid}");

    private static final Pattern WORD = Pattern.compile("(?<!\\{)\\b[a-z]+\\d?\\b");

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    @RegisterExtension
    static final UnchangedKeyspace UNCHANGED = new UnchangedKeyspace(SERVER);

    private static AccessFixture fixture;

    @BeforeAll
    static void createData() {
        fixture = new AccessFixture(SERVER);
    }

    /** One call for each path and method: what else is in a call makes no difference here. */
    static Stream<Cell> refused() {
        Set<String> known = new HashSet<>();
        return AccessTable.cells()
                .filter(cell -> cell.role() == Role.NONE || cell.role() == Role.OUTSIDER)
                .filter(Cell::isRefused)
                .filter(cell ->
                        known.add(cell.role() + cell.row().method() + cell.row().path()));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void everySpellingIsRefused(Cell cell) {
        spellings(cell.row().path()).forEach(path -> {
            Answer answer = fixture.call(cell.role(), cell.row().at(path));

            assertTrue(answer.status() >= 400 && answer.status() < 500, () -> path + ": " + answer);
        });
    }

    private static Stream<String> spellings(String path) {
        return Stream.of(
                        BEFORE_THE_PATH.stream().map(trick -> trick + path),
                        AFTER_THE_PATH.stream().map(trick -> path + trick),
                        IN_PLACE_OF_A_SLASH.stream().flatMap(trick -> withoutASlash(path, trick)),
                        THROUGH_OWN_GROUP.stream().map(trick -> path.replace("{gid}", trick)),
                        otherLetters(path))
                .flatMap(spellings -> spellings)
                .distinct();
    }

    /** The slash after the first part of the path is replaced, or the last one. */
    private static Stream<String> withoutASlash(String path, String trick) {
        return Stream.of(path.indexOf('/', 1), path.lastIndexOf('/'))
                .filter(at -> at > 0)
                .map(at -> path.substring(0, at) + trick + path.substring(at + 1));
    }

    private static Stream<String> otherLetters(String path) {
        return Stream.of(
                WORD.matcher(path).replaceAll(word -> word.group().toUpperCase(Locale.ROOT)),
                path.replaceFirst("v1", "V1"),
                path.replaceFirst("v1", "%761"),
                path.replaceFirst("groups", "%67roups"));
    }
}
