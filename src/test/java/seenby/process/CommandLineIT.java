package seenby.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seenby.support.ServerProcess;

/** The command line of the packaged server, and what it prints. */
class CommandLineIT {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void greetingNamesTheAddressTheTokenAndARequestThatWorks() throws IOException {
        try (ServerProcess server = ServerProcess.start(directory)) {
            List<String> lines = server.out().lines().toList();
            assertEquals(3, lines.size());
            assertTrue(lines.get(0).endsWith(" listens on http://127.0.0.1:" + server.port()), lines.get(0));
            assertEquals("Admin token: the data/admin.token", lines.get(1));
            assertTrue(Files.exists(server.dataDir().resolve("admin.token")));

            Process curl = new ProcessBuilder("sh", "-c", lines.get(2).replaceFirst("^Try: ", ""))
                    .directory(directory.toFile())
                    .start();

            String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("{\"id\":\"admin\""), answer);
        }
    }

    @Test
    void helpAndVersionStartNoServer() {
        try (ServerProcess help = ServerProcess.run(directory, Map.of(), "--help");
                ServerProcess version = ServerProcess.run(directory, Map.of(), "--version")) {
            assertEquals(0, help.awaitExit());
            assertTrue(help.out().contains("java -jar seenby.jar"), help.out());
            assertTrue(help.out().contains("--http.port=80"), help.out());
            assertEquals(0, version.awaitExit());
            assertTrue(version.out().matches("seenby \\d+\\.\\d+\\.\\d+\n"), version.out());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--htp.port=1, htp.port, http.port",
        "--http.port=high, http.port, 0 to 65535",
        "--receipts.coalesce=soon, receipts.coalesce, 200ms",
        "start, start, --KEY=VALUE",
        "--redis.url=http://localhost, redis.url, redis://",
        "--redis.executable=none, redis.executable, not an executable file",
        "--redis.url=redis://127.0.0.1:1, redis.url, Connection refused",
        "--http.host=192.0.2.1, http.host, http.port",
        "--metrics.port=high, metrics.port, 0 to 65535",
    })
    void mistakeIsReportedInOneLineThatNamesIt(String flag, String key, String hint) {
        try (ServerProcess server = ServerProcess.run(directory, Map.of("SEENBY_HTTP_PORT", "0"), flag)) {
            assertOneLine(server, key, hint);
        }
    }

    @Test
    void mistakeInFileOrEnvironmentIsReportedInOneLine() throws IOException {
        Files.writeString(directory.resolve("config.properties"), "message.max_bytes=none\n");
        Map<String, String> environment = Map.of("SEENBY_HTTP_PORT", "none");

        try (ServerProcess file = ServerProcess.run(directory, Map.of());
                ServerProcess variable = ServerProcess.run(directory, environment, "--message.max_bytes=1")) {
            assertOneLine(file, "message.max_bytes", "config.properties");
            assertNotEquals(0, variable.awaitExit());
        }
        Files.delete(directory.resolve("config.properties"));
        try (ServerProcess variable = ServerProcess.run(directory, environment)) {
            assertOneLine(variable, "http.port", "SEENBY_HTTP_PORT");
        }
    }

    /** As the container image does, whose jar has no Redis. */
    @Test
    void demoRunsTheRedisThatTheEnvironmentNames() {
        try (ServerProcess demo = ServerProcess.run(directory, Map.of("SEENBY_REDIS_EXECUTABLE", "none"), "demo")) {
            assertOneLine(demo, "redis.executable", directory.getFileName() + "/none");
        }
    }

    @Test
    void takenPortIsReportedAndNoRedisIsLeft() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerProcess server = ServerProcess.launch(directory, "http.port=" + other.getLocalPort())) {
            assertOneLine(server, "http.port " + other.getLocalPort(), "Address already in use");
            assertTrue(server.redis().isEmpty());
        }
    }

    @Test
    void takenPortOfTheMetricsIsReported() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerProcess server = ServerProcess.launch(directory, "metrics.port=" + other.getLocalPort())) {
            assertOneLine(server, "metrics.port " + other.getLocalPort(), "Address already in use");
            assertTrue(server.redis().isEmpty());
        }
    }

    @Test
    void secondServerOnTheSameDataExitsAndTheFirstRunsOn() {
        try (ServerProcess first = ServerProcess.start(directory);
                ServerProcess second = ServerProcess.launch(directory)) {
            long redis = first.redis().get(0).pid();

            assertOneLine(second, "another server uses data.dir", "the data");

            assertEquals(
                    List.of(redis),
                    first.redis().stream().map(ProcessHandle::pid).toList());
            assertEquals(200, first.admin().get("/readyz").status());
        }
    }

    /** Ignores lines of the log: a start that got as far as Redis writes some. */
    private static void assertOneLine(ServerProcess server, String... words) {
        assertEquals(1, server.awaitExit());
        List<String> lines = server.err()
                .lines()
                .filter(line -> !line.matches(".{24} \\[[A-Z]+\\] .*"))
                .toList();
        assertEquals(1, lines.size(), server.err());
        assertTrue(lines.get(0).startsWith("seenby: "), server.err());
        List.of(words).forEach(word -> assertTrue(lines.get(0).contains(word), server.err()));
        assertEquals("", server.out());
    }
}
