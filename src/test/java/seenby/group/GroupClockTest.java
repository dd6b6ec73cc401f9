package seenby.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.ReceiptLists;
import seenby.support.RunningServer;

/** The times in a group never go back, even if the server's clock does. */
class GroupClockTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("receipts.coalesce=0s");

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient cem = SERVER.user("cem");

    @Test
    void timesInAGroupNeverGoBackWhenTheClockDoes() {
        String group = SERVER.group(ann, bob);
        String since = ann.poll("").get("next").asText();
        List<Instant> times = new ArrayList<>();
        times.add(time(ann.get("/v1/groups/" + group).json(), "created_at"));

        for (int step = 1; step <= 6; step += 2) {
            times.add(sentAt(group, "message"));
            SERVER.clock().move(Duration.ofHours(-1));
            bob.ack(group, step);
            times.add(Instant.parse(ReceiptLists.readAt(ann, group, step, bob)));
            SERVER.clock().move(Duration.ofHours(-1));
            times.add(sentAt(group, "message"));
            bob.post("/v1/groups/" + group + "/messages/" + (step + 1) + "/ack").expect(200);
            times.add(Instant.parse(ReceiptLists.readAt(ann, group, step + 1, bob)));
            ann.put("/v1/groups/" + group + "/members/" + cem.id()).expect(201);
            times.add(joinedAt(group, cem));
            ann.delete("/v1/groups/" + group + "/members/" + cem.id()).expect(204);
        }

        assertEquals(times.stream().sorted().toList(), times);
        List<Instant> reads = new ArrayList<>();
        ann.poll(since).get("reads").forEach(read -> reads.add(time(read, "at")));
        assertEquals(reads.stream().sorted().toList(), reads);
        assertEquals(6, reads.size());
    }

    @Test
    void timesFollowTheClockAgainOnceItIsAhead() {
        String group = SERVER.group(ann, bob);
        Instant first = sentAt(group, "one");
        SERVER.clock().move(Duration.ofDays(-1));
        assertEquals(first, sentAt(group, "two"));

        SERVER.clock().move(Duration.ofDays(2));

        assertTrue(sentAt(group, "three").isAfter(first.plus(Duration.ofHours(23))));
    }

    @Test
    void aRetryIsRecognizedAfterTheClockWentBack() {
        String path = "/v1/groups/" + SERVER.group(ann) + "/messages";
        Map<String, String> draft = Map.of("text", "once", "client_id", "c-1");
        ann.post(path, draft).expect(201);

        SERVER.clock().move(Duration.ofDays(-3));

        ann.post(path, draft).expect(200);
    }

    private Instant sentAt(String group, String text) {
        return time(
                ann.post("/v1/groups/" + group + "/messages", Map.of("text", text))
                        .expect(201)
                        .json(),
                "sent_at");
    }

    private Instant joinedAt(String group, ApiClient member) {
        for (JsonNode row : ann.get("/v1/groups/" + group + "/members").json().get("members")) {
            if (row.get("id").asText().equals(member.id())) {
                return time(row, "joined_at");
            }
        }
        throw new AssertionError("not a member");
    }

    private static Instant time(JsonNode object, String field) {
        return Instant.parse(object.get(field).asText());
    }
}
