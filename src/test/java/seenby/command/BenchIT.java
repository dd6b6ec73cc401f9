package seenby.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.Seenby;
import seenby.config.ConfigException;

/** Each scenario with small sizes: it completes, its checks hold, and it reports. The speed does not matter here. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Order(1) // one of the longest
class BenchIT {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private boolean bench(String... words) throws Exception {
        return new BenchCommand(Seenby::start, "1.2.3", new PrintStream(out, true, UTF_8)).run(List.of(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fanout", "idle", "memory"})
    void scenarioReportsItsFiguresAndFindsNothingWrong(String scenario) throws Exception {
        assertReports(scenario);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "send",
                "ack",
                "receipts",
                "storm",
                "backlog",
                "fairness",
                "reconnect",
                "growth",
                "archive",
                "sweep"
            })
    @Tag("soak")
    void otherScenarioReportsItsFiguresAndFindsNothingWrong(String scenario) throws Exception {
        assertReports(scenario);
    }

    private void assertReports(String scenario) throws Exception {
        Path report = directory.resolve("report.md");

        assertTrue(bench(scenario, "--quick", "--report", report.toString()), out.toString(UTF_8));

        String written = Files.readString(report);
        assertTrue(written.startsWith("# Figures of Seenby 1.2.3\n\n"), written);
        assertTrue(written.contains(" processors"), written);
        assertTrue(written.contains("## " + scenario + "\n"), written);
        assertTrue(written.endsWith(out.toString(UTF_8)), written);
    }

    /** Nchan takes part where it is installed. */
    @Test
    @Tag("soak")
    void comparisonReportsItsFiguresAndFindsNothingWrong() throws Exception {
        Path nchan = Path.of("/usr/lib/nginx/modules/ngx_nchan_module.so");
        Path data = directory.resolve("data.json");
        String[] words = {"limits", "--quick", "--data", data.toString(), "--nchan", nchan.toString()};

        assertTrue(bench(Arrays.copyOf(words, Files.exists(nchan) ? 6 : 4)), out.toString(UTF_8));

        String written = Files.readString(data);
        assertTrue(written.contains("\"40, saturated: bare Jetty + script\""), written);
        assertEquals(Files.exists(nchan), written.contains("\"40, saturated: Nchan\""), written);
    }

    @Test
    void reportThatCannotBeWrittenIsRefusedBeforeAnythingIsMeasured() {
        String file = directory.resolve("missing/report.md").toString();

        ConfigException refused = assertThrows(ConfigException.class, () -> bench("send", "--report", file));

        assertTrue(String.valueOf(refused.getMessage()).startsWith("cannot write " + file), refused.getMessage());
    }

    @Test
    void helpNamesAllScenarios() throws Exception {
        assertTrue(bench("--help"));

        assertTrue(out.toString(UTF_8).contains("\n  fanout    deliveries to"), out.toString(UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "'', bench needs one of all",
        "speed, bench needs one of all",
        "send all, 'bench runs one scenario or all, not both send and all'",
        "send --fast, bench has no option --fast",
        "send --seconds, bench --seconds needs a value",
        "limits --rounds 0, 'bench --rounds needs a number from 1 to 9999, not 0'",
        "send --seconds none, 'bench --seconds needs a number from 1 to 9999, not none'",
    })
    void wrongWordsAreNamed(String line, String complaint) {
        String[] words = line.isEmpty() ? new String[0] : line.split(" ");

        ConfigException refused = assertThrows(ConfigException.class, () -> bench(words));

        assertTrue(String.valueOf(refused.getMessage()).startsWith(complaint), refused.getMessage());
    }
}
