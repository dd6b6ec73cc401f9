package seenby.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.json.Json;
import seenby.support.Eventually;
import seenby.support.RunningServer;
import seenby.support.Scrape;
import seenby.support.Tools;

/** The dashboard and the alerts use metrics that there are, and Prometheus understands all of it. */
class MonitoringTest {
    private static final Path DIRECTORY = Path.of("docs/monitoring");
    private static final Path ALERTS = DIRECTORY.resolve("alerts.yaml");
    private static final Path ALERTS_TEST = DIRECTORY.resolve("alerts-test.yaml");
    private static final Pattern METRIC = Pattern.compile("\\b(?:seenby|http|jvm|process|system)_[a-z0-9_]+");

    /** A collection of garbage may not have happened yet, and then has no value. */
    private static final Set<String> LATER = Set.of("jvm_gc_pause_seconds_sum");

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    /** Requests have no times before the first one has ended. */
    @BeforeAll
    static void useTheServer() {
        Eventually.eventually("a request is counted", () -> exported().contains("http_server_requests_seconds_count"));
    }

    private static Set<String> exported() {
        Set<String> names = new TreeSet<>(LATER);
        Scrape.by(SERVER.admin()).samples().keySet().forEach(sample -> names.add(sample.split("\\{", 2)[0]));
        return names;
    }

    private static Set<String> metrics(List<String> expressions) {
        Set<String> names = new TreeSet<>();
        expressions.forEach(expression ->
                METRIC.matcher(expression).results().map(MatchResult::group).forEach(names::add));
        return names;
    }

    private static void assertExported(List<String> expressions) {
        Set<String> unknown = metrics(expressions);
        assertTrue(unknown.size() >= 5, unknown::toString);
        unknown.removeAll(exported());
        assertEquals(Set.of(), unknown);
    }

    private static JsonNode alerts() throws IOException {
        return new YAMLMapper().readTree(ALERTS.toFile()).get("groups").get(0).get("rules");
    }

    @Test
    void theDashboardShowsOnlyWhatIsExported() throws IOException {
        JsonNode dashboard = Json.read(Files.readString(DIRECTORY.resolve("dashboard.json")));

        assertExported(dashboard.findValuesAsText("expr"));
        assertTrue(dashboard.get("schemaVersion").asInt() >= 39);
        assertEquals(
                Set.of("${datasource}"),
                Set.copyOf(dashboard.findValuesAsText("uid").stream()
                        .filter(uid -> !uid.equals("seenby"))
                        .toList()));
    }

    @Test
    void theAlertsLookOnlyAtWhatIsExported() throws IOException {
        assertExported(alerts().findValuesAsText("expr"));
    }

    @Test
    void eachAlertIsMadeToFireByTheTestOfTheRules() throws IOException {
        Set<String> firing = new TreeSet<>();
        for (JsonNode test : new YAMLMapper().readTree(ALERTS_TEST.toFile()).findValue("tests")) {
            for (JsonNode moment : test.get("alert_rule_test")) {
                if (!moment.get("exp_alerts").isEmpty()) {
                    firing.add(moment.get("alertname").asText());
                }
            }
        }

        assertEquals(new TreeSet<>(alerts().findValuesAsText("alert")), firing);
        assertEquals(5, firing.size());
    }

    @Test
    void prometheusAcceptsTheAlertsAndTheirTest() throws Exception {
        assertEquals("", failure("", "test", "rules", ALERTS_TEST.toString()));
    }

    @Test
    void prometheusFindsNothingWrongWithTheMetrics() throws Exception {
        String metrics = SERVER.admin().get("/metrics").expect(200).response().body();

        assertEquals("", failure(metrics, "check", "metrics"));
    }

    /** What promtool complains of. */
    private static String failure(String input, String... words) throws IOException, InterruptedException {
        Tools.require("command -v promtool");
        Path given = Files.writeString(Files.createTempFile("promtool", ".txt"), input);
        try {
            Process promtool = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(words))
                            .toList())
                    .redirectInput(given.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(promtool.waitFor(1, TimeUnit.MINUTES));
            return promtool.exitValue() == 0 ? "" : said;
        } finally {
            Files.delete(given);
        }
    }
}
