package seenby.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a user runs it: as a separate process. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Order(1) // one of the longest
class DemoIT {
    @TempDir
    Path directory;

    private Process demo(String... flags) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Djava.io.tmpdir=" + directory,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "seenby.Main",
                                "demo"),
                        Stream.of(flags))
                .toList();
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private List<Path> remainingFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("seenby-"))
                    .toList();
        }
    }

    @Test
    void demoPrintsTheTableAndLeavesNothingBehind() throws Exception {
        Process demo = demo();

        String output = output(demo);

        assertTrue(demo.waitFor(30, TimeUnit.SECONDS));
        assertTrue(output.endsWith("All figures are as expected.\n"), output);
        assertEquals(0, demo.exitValue());
        assertEquals(List.of(), remainingFiles());
    }

    @Test
    void interruptedDemoLeavesNothingBehind() throws Exception {
        Process demo = demo();
        BufferedReader lines = demo.inputReader(StandardCharsets.UTF_8);
        assertTrue(lines.lines().anyMatch(line -> line.startsWith("Playing the article's case")));

        demo.destroy();

        assertTrue(demo.waitFor(30, TimeUnit.SECONDS));
        assertEquals(List.of(), remainingFiles());
    }

    @Test
    void demoRefusesArguments() throws Exception {
        Process demo = demo("--http.port=1");

        assertEquals("seenby: demo takes no arguments\n", output(demo));
        assertEquals(1, demo.waitFor());
    }
}
