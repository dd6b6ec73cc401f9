package seenby.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.redis.Script;
import seenby.support.ApiClient;
import seenby.support.Eventually;
import seenby.support.RunningServer;
import seenby.support.Scrape;

/** The page lists every metric of a server with its label, and no other. */
class MetricsPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[a-z].*?) \\| (.*) \\|$");
    private static final Pattern NAME = Pattern.compile("`([a-z0-9_]+\\*?)(?:\\{([a-z,]+)})?`");

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    /** What is written about each metric or group of metrics. */
    private static Map<String, String> rows() {
        Map<String, String> rows = new TreeMap<>();
        String section = Markdown.of(Path.of("docs/operate.md"))
                .section("What do the metrics tell?")
                .text();
        ROW.matcher(section)
                .results()
                .forEach(row -> NAME.matcher(row.group(1))
                        .results()
                        .forEach(name -> rows.put(name.group().replace("`", ""), row.group(2))));
        return rows;
    }

    private static boolean isOurs(String name) {
        return name.startsWith("seenby_") || name.startsWith("http_");
    }

    /** So that every metric has a value: some have none before the first such request. */
    @BeforeAll
    static void useTheServer() {
        ApiClient ann = SERVER.user("ann");
        ann.get("/v1/updates?timeout=1&since=" + ann.poll("").get("next").asText())
                .expect(200);
        Eventually.eventually(
                "its wait is counted",
                () -> Scrape.by(SERVER.admin()).types().containsKey("seenby_request_wait_seconds"));
    }

    private static Stream<MatchResult> names() {
        return rows().keySet().stream()
                .flatMap(row -> NAME.matcher("`" + row + "`").results());
    }

    @Test
    void everyMetricOfOursIsInTheTableAndNoOther() {
        Set<String> listed = new TreeSet<>();
        names().map(name -> name.group(1)).filter(MetricsPageTest::isOurs).forEach(listed::add);
        Set<String> told = new TreeSet<>(Scrape.by(SERVER.admin()).types().keySet());
        told.removeIf(name -> !isOurs(name));

        assertEquals(told, listed);
    }

    @Test
    void everyMetricOfTheProcessIsInAGroupOfTheTableAndNoGroupIsEmpty() {
        Set<String> groups = new TreeSet<>();
        names().map(name -> name.group(1)).filter(name -> name.endsWith("*")).forEach(groups::add);
        Set<String> told = new TreeSet<>();
        Scrape.by(SERVER.admin()).types().keySet().stream()
                .filter(name -> !isOurs(name))
                .map(name -> name.replaceAll("^(jvm_[a-z]+|[a-z]+)_.*", "$1_*"))
                .forEach(told::add);

        assertEquals(told, groups);
    }

    /** Prometheus itself adds {@code le} to a histogram. */
    @Test
    void everyLabelIsInTheTableAndNoOther() {
        Map<String, String> listed = new TreeMap<>();
        names().filter(name -> name.group(2) != null).forEach(name -> listed.put(name.group(1), name.group(2)));
        Map<String, String> told = new TreeMap<>();
        Scrape.by(SERVER.admin()).samples().keySet().stream()
                .filter(sample -> isOurs(sample) && sample.contains("{") && !sample.contains("le=\""))
                .forEach(sample -> told.put(
                        sample.split("\\{", 2)[0].replaceAll("_(count|sum)$", ""),
                        sample.replaceAll("^[^{]*\\{|=\"[^\"]*\"|}$", "")));

        assertEquals(told, listed);
    }

    @Test
    void everyCauseAndEveryKindIsExplained() {
        Scrape scrape = Scrape.by(SERVER.admin());
        for (String[] label : new String[][] {{"seenby_rooms_stale_total", "cause"}, {"seenby_wakes_total", "kind"}}) {
            String row = rows().getOrDefault(label[0] + "{" + label[1] + "}", "");
            Set<String> values = scrape.labels(label[0], label[1]);
            assertTrue(values.size() > 5, values::toString);
            values.forEach(value -> assertTrue(row.contains("`" + value + "`"), value));
        }
    }

    @Test
    void everyScriptIsCounted() {
        assertEquals(
                Script.values().length,
                Scrape.by(SERVER.admin())
                        .labels("seenby_scripts_total", "script")
                        .size());
    }
}
