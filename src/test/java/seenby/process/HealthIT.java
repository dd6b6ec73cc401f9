package seenby.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.support.ServerProcess;
import seenby.support.Tools;

/** The command {@code health} of the packaged server. */
class HealthIT {
    @TempDir
    private Path directory = Path.of("");

    private ServerProcess health(int port, String... flags) {
        List<String> words = new ArrayList<>(List.of("health", "--http.port=" + port));
        words.addAll(List.of(flags));
        return ServerProcess.run(directory, Map.of(), words.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "0.0.0.0", "::", "[::]"})
    void serverThatIsReadyIsHealthyWhereverItListens(String host) {
        try (ServerProcess server = ServerProcess.start(directory);
                ServerProcess health = health(server.port(), "--http.host=" + host)) {
            assertEquals(0, health.awaitExit(), health.err());
            assertEquals("", health.out() + health.err());
        }
    }

    @Test
    void fileTellsWhereTheServerIs() throws IOException {
        try (ServerProcess server = ServerProcess.start(directory)) {
            Path file = Files.writeString(directory.resolve("other.properties"), "http.port=" + server.port());
            try (ServerProcess health = ServerProcess.run(directory, Map.of(), "health", "--config", file.toString())) {
                assertEquals(0, health.awaitExit(), health.err());
            }
        }
    }

    @Test
    void serverThatIsAwayIsUnhealthy() {
        try (ServerProcess health = health(Tools.freePort())) {
            assertUnhealthy(health, "does not answer: Connection refused");
        }
    }

    @Test
    void serverThatIsSilentIsUnhealthyWithinSeconds() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerProcess health = health(silent.getLocalPort())) {
            assertUnhealthy(health, "does not answer: Read timed out");
        }
    }

    @ParameterizedTest
    @CsvSource({"503, the disk is full, 503 the disk is full", "204, '', 204"})
    void reasonOfAServerThatIsNotReadyIsPrinted(int status, String body, String reason) throws IOException {
        String answer = "HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body);
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answer(listening, answer));
            try (ServerProcess health = health(listening.getLocalPort())) {
                assertUnhealthy(health, "is not ready: " + reason);
            }
            answered.join();
        }
    }

    private static void answer(ServerSocket listening, String answer) {
        try (Socket asked = listening.accept()) {
            asked.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertUnhealthy(ServerProcess health, String reason) {
        assertEquals(1, health.awaitExit());
        assertEquals("", health.out());
        assertTrue(
                health.err().startsWith("seenby: the server ") && health.err().contains(reason), health.err());
        assertEquals(1, health.err().lines().count(), health.err());
    }
}
