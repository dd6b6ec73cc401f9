package seenby.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.RunningServer;
import seenby.support.Sweeps;

/** The archive is read for those only who may see what is in it: a damaged archive does not concern the others. */
class ArchivedReceiptsTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer(Sweeps.RETENTION);

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);
    private final String range = "/v1/groups/" + group + "/receipts";

    @Test
    void aMemberWhoMayNotSeeReceiptsOpensNoFile() throws IOException {
        sendAndArchive(3);
        damage();

        ann.get(range).problem(503, "unavailable");
        assertEquals(List.of(), ids(bob));
        bob.get("/v1/groups/" + group + "/messages/2/receipts").problem(403, "forbidden");
        bob.get("/v1/groups/" + group + "/messages/2/receipts?wait=30").problem(403, "forbidden");
        SERVER.user("eve").get(range).problem(404, "not_found");
    }

    @Test
    void messagesWithoutReceiptsOpenNoFile() throws IOException {
        ann.patch("/v1/groups/" + group, Map.of("receipts", "off")).expect(200);
        sendAndArchive(2);
        damage();

        assertEquals(List.of(), ids(ann));
        ann.get("/v1/groups/" + group + "/messages/2/receipts").problem(404, "not_found");
    }

    @Test
    void aRangeHasTheOwnMessagesAlsoThoseThatHaveLeftRedis() {
        ann.send(group, "1");
        bob.send(group, "2");
        sendAndArchive(1);
        bob.send(group, "live");
        assertEquals(List.of("1", "3"), ids(ann));
        assertEquals(List.of("2", "4"), ids(bob));

        SERVER.redis().client().del("sb:{" + group + "}:messages");

        assertEquals(List.of("1", "3"), ids(ann));
        assertEquals(List.of("2", "4"), ids(bob));
        bob.get("/v1/groups/" + group + "/messages/1/receipts").problem(403, "forbidden");
        assertTrue(bob.receipts(group, 2).get("archived").asBoolean());
    }

    @Test
    void underMembersEverybodyReadsTheWholeRange() {
        ann.patch("/v1/groups/" + group, Map.of("receipts", "members")).expect(200);
        sendAndArchive(3);

        assertEquals(List.of("1", "2", "3"), ids(bob));
    }

    private void sendAndArchive(int count) {
        for (int i = 0; i < count; i++) {
            ann.send(group, "text");
        }
        Sweeps.sweep(SERVER, group);
    }

    private void damage() throws IOException {
        for (Path segment : Sweeps.segments(SERVER.archive(), group)) {
            Files.writeString(segment, Files.readString(segment).replace("\"archived_at\"", "\"no_field\""));
        }
    }

    private List<String> ids(ApiClient user) {
        JsonNode answer = user.get(range).expect(200).json();
        return ApiClient.each(answer.get("receipts"), "id");
    }
}
