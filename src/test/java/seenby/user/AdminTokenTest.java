package seenby.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
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
import seenby.support.Keyspace;
import seenby.support.TestRedis;

/** The source of the admin's token and the file it is written to, over several starts on the same data. */
class AdminTokenTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final String CONFIGURED = "a-token-of-the-configuration";
    private static final String ANOTHER = "another-one-of-the-configuration";

    @TempDir
    Path dataDir;

    @BeforeEach
    void flushRedis() {
        REDIS.flush();
    }

    private Seenby start(String configured) {
        List<String> flags = List.of(
                "--http.port=0", "--data.dir=" + dataDir, "--redis.url=" + REDIS.url(), "--admin.token=" + configured);
        return Seenby.start(ConfigSources.read(flags, Map.of(), Path.of("")));
    }

    private static ApiClient admin(Seenby server, String token) {
        return new ApiClient(server::port, "admin", token);
    }

    private String tokenInFile() throws IOException {
        Path file = dataDir.resolve("admin.token");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        return Files.readString(file).strip();
    }

    private static String rotate(Seenby server, String token) {
        return admin(server, token)
                .post("/v1/users/admin/token")
                .expect(200)
                .json()
                .get("token")
                .asText();
    }

    @Test
    void withoutAConfiguredTokenOneIsGeneratedAndWrittenToTheFile() throws IOException {
        String token;
        try (Seenby server = start("")) {
            token = tokenInFile();
            admin(server, token).get("/v1/me").expect(200);
        }
        try (Seenby server = start("")) {
            assertEquals(token, tokenInFile());
            admin(server, token).get("/v1/me").expect(200);
        }
    }

    @Test
    void aNewTokenIsWrittenToTheFileAndTheOldOneStopsWorking() throws IOException {
        try (Seenby server = start("")) {
            String old = tokenInFile();

            String next = rotate(server, old);

            assertEquals(next, tokenInFile());
            admin(server, next).get("/v1/me").expect(200);
            admin(server, old).get("/v1/me").problem(401, "unauthorized");
        }
    }

    @Test
    void aConfiguredTokenWorksAndIsWrittenToNoFile() {
        try (Seenby server = start(CONFIGURED)) {
            admin(server, CONFIGURED).get("/v1/me").expect(200);
        }

        assertFalse(Files.exists(dataDir.resolve("admin.token")));
    }

    @Test
    void aReplacedConfiguredTokenStaysInvalidAfterARestart() throws IOException {
        String next;
        try (Seenby server = start(CONFIGURED)) {
            next = rotate(server, CONFIGURED);
        }
        try (Seenby server = start(CONFIGURED)) {
            admin(server, CONFIGURED).get("/v1/me").problem(401, "unauthorized");
            admin(server, next).get("/v1/me").expect(200);
            assertEquals(next, tokenInFile());
        }
    }

    @Test
    void aChangedConfiguredTokenIsAppliedAndTheTokenFileIsDeleted() {
        String rotated;
        try (Seenby server = start(CONFIGURED)) {
            rotated = rotate(server, CONFIGURED);
        }
        try (Seenby server = start(ANOTHER)) {
            admin(server, ANOTHER).get("/v1/me").expect(200);
            admin(server, rotated).get("/v1/me").problem(401, "unauthorized");
            assertFalse(Files.exists(dataDir.resolve("admin.token")));
        }
    }

    @Test
    void aReplacementThatWasCutOffBeforeItsTokenWasValidHasNoEffect() throws IOException {
        start("").close();
        String token = tokenInFile();
        Files.writeString(next(), "a-token-that-never-was-valid\n");

        try (Seenby server = start("")) {
            assertEquals(token, tokenInFile());
            admin(server, token).get("/v1/me").expect(200);
        }
        assertFalse(Files.exists(next()));
    }

    @Test
    void aReplacementThatWasCutOffBeforeItsFileWasInPlaceIsFinished() throws IOException {
        String token;
        try (Seenby server = start("")) {
            String old = tokenInFile();
            token = rotate(server, old);
            Files.move(dataDir.resolve("admin.token"), next());
            Files.writeString(dataDir.resolve("admin.token"), old + "\n");
        }
        try (Seenby server = start("")) {
            assertEquals(token, tokenInFile());
            admin(server, token).get("/v1/me").expect(200);
        }
        assertFalse(Files.exists(next()));
    }

    @Test
    void aTokenThatCannotBeWrittenIsNotApplied() throws IOException {
        try (Seenby server = start("")) {
            String token = tokenInFile();
            Files.createDirectories(next().resolve("in-the-way"));

            admin(server, token).post("/v1/users/admin/token").expect(500);

            admin(server, token).get("/v1/me").expect(200);
            assertEquals(token, tokenInFile());
        }
    }

    @Test
    void aStartThatWasCutOffAfterItAppliedTheConfiguredTokenDeletesTheFileLater() throws IOException {
        start("").close();
        String revoked = tokenInFile();
        start(CONFIGURED).close();
        Files.writeString(dataDir.resolve("admin.token"), revoked + "\n");

        start(CONFIGURED).close();

        assertFalse(Files.exists(dataDir.resolve("admin.token")));
    }

    private Path next() {
        return dataDir.resolve("admin.token.next");
    }

    @Test
    void tokensAreNotStoredInPlainText() {
        try (Seenby server = start(CONFIGURED)) {
            String next = rotate(server, CONFIGURED);

            String stored = Keyspace.content(REDIS).toString();
            assertFalse(stored.contains(CONFIGURED));
            assertFalse(stored.contains(next));
        }
    }
}
