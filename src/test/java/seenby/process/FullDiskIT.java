package seenby.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static seenby.support.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.support.ApiClient;
import seenby.support.ServerProcess;
import seenby.support.Tools;

/** The packaged server while the disk of its data is full. */
class FullDiskIT {
    private static final int BLOCK_BYTES = 4096;

    @TempDir
    private Path directory = Path.of("");

    private static void fill(Path file) {
        try (var out = Files.newOutputStream(file)) {
            byte[] block = new byte[BLOCK_BYTES];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertTrue(String.valueOf(full.getMessage()).contains("space"), full.toString());
        }
    }

    private static ApiClient.Answer send(ApiClient user) {
        return user.post("/v1/groups/ops/messages", Map.of("text", "a word"));
    }

    private static List<String> lines(ServerProcess server, String text) {
        return server.err().lines().filter(line -> line.contains(text)).toList();
    }

    @Test
    void readingGoesOnAndTheCauseIsNamed() throws IOException {
        Path data = Files.createDirectory(directory.resolve("the data"));
        assumeTrue(Tools.work("mount -t tmpfs -o size=40m tmpfs '" + data + "'"));
        try (ServerProcess server = ServerProcess.start(directory)) {
            assertSurvives(server, data.resolve("filler"));
        } finally {
            assertTrue(Tools.work("umount '" + data + "'"));
        }
    }

    private static void assertSurvives(ServerProcess server, Path filler) throws IOException {
        ApiClient ann = server.user("ann");
        ann.post("/v1/groups", Map.of("id", "ops")).expect(201);
        long sent = send(ann).expect(201).json().get("id").asLong();

        fill(filler);
        // Redis may have died of a write before
        eventually("writes are refused, and not by Redis", () -> {
            ApiClient.Answer answer = send(ann);
            return answer.status() == 503
                    && answer.json().get("reason").asText().equals("storage_full");
        });

        JsonNode reason = server.admin().get("/readyz").problem(503, "unavailable");
        assertTrue(reason.get("detail").asText().contains("disk of data.dir is full"), reason::toString);
        JsonNode messages =
                ann.get("/v1/groups/ops/messages?after=0").expect(200).json().get("messages");
        assertTrue(messages.size() >= sent, messages::toString);
        ann.poll("");
        ann.get("/v1/groups/ops/members").expect(200);
        assertEquals(1, lines(server, "Changes are refused").size(), server.err());

        Files.delete(filler);
        eventually("it is ready", () -> server.admin().get("/readyz").status() == 200);
        assertEquals(messages.size() + 1, send(ann).expect(201).json().get("id").asLong());
        assertEquals(1, lines(server, "Redis takes writes again").size(), server.err());
        assertEquals(0, lines(server, "ERROR").size(), server.err());
    }
}
