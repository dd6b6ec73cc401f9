package seenby.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.Seenby;
import seenby.archive.Verification;
import seenby.config.ConfigSources;
import seenby.json.Json;
import seenby.redis.Keys;
import seenby.segment.ArchiveCorruptException;
import seenby.support.ApiClient;

/**
 * Starts on a data directory that a jar of 24 November 2026 has made, one of the first with an archive. Ann had sent
 * seven messages, and three of them were archived. Bob had read five of them and cid four and the sixth.
 */
class OlderDataTest {
    private static final Path OLDER = Path.of("src/test/resources/older/schema-2");

    @TempDir
    private Path directory = Path.of("");

    private JsonNode expected = Json.read("{}");

    OlderDataTest() throws IOException {}

    @BeforeEach
    void copyOlderData() throws IOException {
        expected = Json.read(Files.readString(OLDER.resolve("expected.json")));
        try (Stream<Path> files = Files.walk(OLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = directory.resolve("data").resolve(OLDER.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    /** Receipts that were not archived stay so, whenever the test runs. */
    private Seenby start() {
        return Seenby.start(
                ConfigSources.read(List.of("--http.port=0", "--receipts.retention=3650d"), Map.of(), directory));
    }

    private ApiClient user(Seenby seenby, String id) {
        return new ApiClient(seenby::port, id, expected.get("tokens").get(id).asText());
    }

    @Test
    void messagesReceiptsAndArchiveAreAsBeforeAndAllGoesOn() throws IOException, ArchiveCorruptException {
        try (Seenby seenby = start()) {
            ApiClient ann = user(seenby, "ann");
            ApiClient bob = user(seenby, "bob");

            assertEquals(
                    List.of("old 1", "old 2", "old 3", "new 4", "new 5", "new 6", "new 7"),
                    ApiClient.each(
                            ann.get("/v1/groups/ops/messages?after=0")
                                    .expect(200)
                                    .json()
                                    .get("messages"),
                            "text"));
            for (int id = 1; id <= 7; id++) {
                assertEquals(expected.get("receipts").get(id - 1), withoutHidden(ann.receipts("ops", id)));
            }

            JsonNode update = bob.poll(expected.get("since").asText());
            assertEquals(List.of("6", "7"), ApiClient.each(update.get("messages"), "id"));
            assertEquals(8, ann.send("ops", "goes on"));
            bob.ack("ops", 8);
            bob.post("/v1/groups/ops/messages", Map.of("text", "as well")).expect(201);
            ann.post("/v1/groups/ops/messages/8/nudge").expect(200);
            assertEquals(1, ann.receipts("ops", 8).get("read").asInt());
        }
        assertTrue(Verification.of(directory.resolve("data/archive")).contains("3 lines: no errors"));
    }

    /** Nobody counted the hidden members at that time. */
    private static JsonNode withoutHidden(JsonNode receipts) {
        return ((ObjectNode) receipts).without("hidden");
    }

    @Test
    void anUpgradeThatWasCutOffIsRepeated() {
        try (Seenby seenby = start()) {
            seenby.redis().write(jedis -> jedis.set(Keys.SCHEMA, "2"));
        }
        try (Seenby seenby = start()) {
            assertEquals("3", seenby.redis().<String>read(jedis -> jedis.get(Keys.SCHEMA)));
            assertEquals(8, user(seenby, "ann").send("ops", "goes on"));
        }
    }

    @Test
    void dataThatANewerServerHasWrittenIsRefused() {
        try (Seenby seenby = start()) {
            seenby.redis().write(jedis -> jedis.set(Keys.SCHEMA, "4"));
        }

        String refusal = assertThrows(IllegalStateException.class, this::start).toString();

        assertTrue(refusal.contains("has schema 4, this server needs schema 3"), refusal);
    }
}
