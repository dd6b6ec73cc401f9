package seenby.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.support.ApiClient;
import seenby.support.ServerProcess;
import seenby.support.SmallDisk;

/** The packaged server while the disk of its data is full. */
class FullDiskIT {
    @TempDir
    private Path directory = Path.of("");

    private static ApiClient.Answer send(ApiClient user) {
        return user.post("/v1/groups/ops/messages", Map.of("text", "a word"));
    }

    @Test
    void readingGoesOnAndTheCauseIsNamed() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("the data"), "size=40m");
                ServerProcess server = ServerProcess.start(directory)) {
            assertSurvives(server, disk);
        }
    }

    private static void assertSurvives(ServerProcess server, SmallDisk disk) throws IOException {
        ApiClient ann = server.user("ann");
        ann.post("/v1/groups", Map.of("id", "ops")).expect(201);
        long sent = send(ann).expect(201).json().get("id").asLong();

        disk.fill();
        // Redis may have died of a write before
        eventually("writes are refused, and not by Redis", () -> {
            ApiClient.Answer answer = send(ann);
            return answer.status() == 503
                    && answer.json().get("reason").asText().equals("storage_full");
        });

        // or it dies now, of a write that was on its way
        eventually(
                "the cause is named",
                () -> server.admin()
                        .get("/readyz")
                        .problem(503, "unavailable")
                        .get("detail")
                        .asText()
                        .contains("disk of data.dir is full"));
        JsonNode messages =
                ann.get("/v1/groups/ops/messages?after=0").expect(200).json().get("messages");
        assertTrue(messages.size() >= sent, messages::toString);
        ann.poll("");
        ann.get("/v1/groups/ops/members").expect(200);
        assertEquals(1, server.err("Changes are refused").size(), server.err());

        disk.empty();
        eventually("it is ready", () -> server.admin().get("/readyz").status() == 200);
        assertEquals(messages.size() + 1, send(ann).expect(201).json().get("id").asLong());
        assertEquals(1, server.err("Redis takes writes again").size(), server.err());
        assertEquals(0, server.err("ERROR").size(), server.err());
    }
}
