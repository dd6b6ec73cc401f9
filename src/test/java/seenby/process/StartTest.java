package seenby.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import seenby.Seenby;
import seenby.config.ConfigSources;
import seenby.support.ApiClient;
import seenby.support.TestRedis;

/** What a start checks and creates with an external Redis. */
class StartTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void flushRedis() {
        REDIS.flush();
    }

    @Test
    void firstStartCreatesADataDirectoryForTheAdminToken() throws IOException {
        try (Seenby seenby = start(0)) {
            Path file = directory.resolve("data/admin.token");

            String token = Files.readString(file).strip();

            new ApiClient(seenby::port, "admin", token).get("/v1/me").expect(200);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
        }
    }

    @Test
    void takenPortIsReportedInOneLineThatNamesIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            int port = taken.getLocalPort();

            String failure =
                    assertThrows(IllegalStateException.class, () -> start(port)).toString();

            assertTrue(
                    failure.contains(": http.host 127.0.0.1 with http.port " + port + " can't be listened on: "),
                    failure);
            assertTrue(failure.endsWith("Address already in use"), failure);
        }
    }

    private Seenby start(int port) {
        List<String> flags = List.of("--http.port=" + port, "--redis.url=" + REDIS.url());
        return Seenby.start(ConfigSources.read(flags, Map.of(), directory));
    }
}
