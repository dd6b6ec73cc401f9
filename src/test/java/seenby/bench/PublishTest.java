package seenby.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.support.Tools;

/** The script that makes the table of a comparison from what {@code bench limits} has written. */
class PublishTest {
    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);

    @TempDir
    private Path directory = Path.of("");

    private final Report report = new Report(NOWHERE, NOWHERE);

    @BeforeEach
    void requireTools() {
        Tools.require("python3 --version");
    }

    private boolean publish() throws Exception {
        Map<String, String> about =
                Map.of("date", "2026-01-02", "machine", "2 processors", "seconds", "3", "rounds", "5");
        Files.writeString(directory.resolve("data.json"), report.json(about));
        return Tools.work("python3 scripts/bench/publish.py --no-charts --versions 'nginx 1' --load 0.1 --page "
                + "%1$s/performance.md %1$s/data.json %1$s".formatted(directory));
    }

    private void measure(String server, int rate) {
        for (String size : List.of("40", "1,000")) {
            for (String pace : List.of("closed", "saturated", "20/s")) {
                report.row(
                        size + ", " + pace + ": " + server,
                        List.<Object>of(rate, 1.5, 7.25, 80, rate - 100, rate + 100.0));
            }
        }
    }

    @Test
    void tableStandsBetweenTheMarksOfThePage() throws Exception {
        report.head("warm-up: 40 members", List.of("runs", "first per s", "last per s"));
        report.row("Nchan", List.of(5, 1000, 2000));
        report.head("deliveries by poll", List.of("per s", "p99 ms", "server µs", "client %", "lowest", "highest"));
        measure("Seenby", 12_345);
        measure("bare Jetty + script", 23_456);
        Path page = Files.copy(Path.of("docs/performance.md"), directory.resolve("performance.md"));

        assertTrue(publish());
        assertTrue(publish(), "the marks are still there");

        String written = Files.readString(page);
        String table = """

                | members | 40 | 1,000 |
                | --- | ---: | ---: |
                | Seenby | 12,345 (12,245–12,445) | 12,345 (12,245–12,445) |
                | bare Jetty + script | 23,456 (23,356–23,556) | 23,456 (23,356–23,556) |
                """;
        assertTrue(written.contains(table), written);
        assertTrue(written.contains("\n| Seenby | 7.25 | 7.25 |\n"), written);
        assertTrue(written.contains("\n2026-01-02, 2 processors, nginx 1. The load of the machine"), written);
        assertTrue(written.contains(": Nchan 5, 1,000, 2,000.\n"), written);
        assertTrue(written.contains("\n## Compared with other servers\n"), written);
        assertTrue(written.contains("\n## How many requests do receipts cost?\n"), written);
    }

    @Test
    void runThatHasFailedIsNotPublished() throws Exception {
        Path page = Files.copy(Path.of("docs/performance.md"), directory.resolve("performance.md"));
        report.fault("deliveries: 1 instead of 2");

        assertFalse(publish());

        assertTrue(Files.readString(page).equals(Files.readString(Path.of("docs/performance.md"))));
    }
}
