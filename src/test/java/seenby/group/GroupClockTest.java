package seenby.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

/**
 * The times in a group do not go back with a clock that is corrected by up to a minute. A clock that is set back
 * further is followed.
 */
class GroupClockTest {
    private static final Duration YEAR = Duration.ofDays(365);

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("receipts.coalesce=0s");

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient cem = SERVER.user("cem");

    @Test
    void timesInAGroupNeverGoBackWhenTheClockDoesSoByLessThanAMinute() {
        String group = SERVER.group(ann, bob);
        String since = ann.poll("").get("next").asText();
        List<Instant> times = new ArrayList<>();
        times.add(time(ann.get("/v1/groups/" + group).json(), "created_at"));
        SERVER.clock().move(Duration.ofSeconds(40));

        for (int step = 1; step <= 6; step += 2) {
            times.addAll(timesOfEveryKind(group, step, Duration.ofSeconds(-8)));
        }

        assertEquals(times.stream().sorted().toList(), times);
        List<Instant> reads = new ArrayList<>();
        ann.poll(since).get("reads").forEach(read -> reads.add(time(read, "at")));
        assertEquals(reads.stream().sorted().toList(), reads);
        assertEquals(6, reads.size());
    }

    /** The times of two messages, of an ack of each, and of a member that joins. The clock moves before each. */
    private List<Instant> timesOfEveryKind(String group, long first, Duration step) {
        String path = "/v1/groups/" + group;
        List<Instant> times = new ArrayList<>();
        times.add(sentAt(group, "message"));
        SERVER.clock().move(step);
        bob.ack(group, first);
        times.add(Instant.parse(ReceiptLists.readAt(ann, group, first, bob)));
        SERVER.clock().move(step);
        times.add(sentAt(group, "message"));
        bob.post(path + "/messages/" + (first + 1) + "/ack").expect(200);
        times.add(Instant.parse(ReceiptLists.readAt(ann, group, first + 1, bob)));
        ann.put(path + "/members/" + cem.id()).expect(201);
        times.add(joinedAt(group, cem));
        ann.delete(path + "/members/" + cem.id()).expect(204);
        return times;
    }

    @Test
    void timesOfEveryKindFollowAClockThatIsSetBackFurther() {
        String group = SERVER.group(ann, bob);
        SERVER.clock().move(YEAR);
        timesOfEveryKind(group, 1, Duration.ZERO);

        SERVER.clock().move(YEAR.negated());

        Instant limit = SERVER.clock().instant().plus(Duration.ofDays(1));
        bob.ack(group, 2);
        timesOfEveryKind(group, 3, Duration.ofMinutes(-2))
                .forEach(time -> assertTrue(time.isBefore(limit), time::toString));
        assertEquals(4, ann.send(group, "ids are dense") - 1);
    }

    @Test
    void anAckOrAJoinFollowsTheClockBeforeTheNextMessageDoes() {
        String group = SERVER.group(ann, bob);
        SERVER.clock().move(YEAR);
        ann.send(group, "one");
        ann.send(group, "two");
        SERVER.clock().move(YEAR.negated());
        Instant limit = SERVER.clock().instant().plus(Duration.ofDays(1));

        bob.post("/v1/groups/" + group + "/messages/2/ack").expect(200);
        bob.ack(group, 1);
        ann.put("/v1/groups/" + group + "/members/" + cem.id()).expect(201);

        assertTrue(joinedAt(group, cem).isBefore(limit));
        for (long id = 1; id <= 2; id++) {
            assertTrue(Instant.parse(ReceiptLists.readAt(ann, group, id, bob)).isBefore(limit));
        }
    }

    @Test
    void timesFollowTheClockAgainOnceItIsAhead() {
        String group = SERVER.group(ann, bob);
        Instant first = sentAt(group, "one");
        SERVER.clock().move(Duration.ofSeconds(-50));
        assertEquals(first, sentAt(group, "two"));

        SERVER.clock().move(Duration.ofDays(1));

        assertTrue(sentAt(group, "three").isAfter(first.plus(Duration.ofHours(23))));
    }

    @Test
    void readsOfTheFutureAreReportedAtOnce() {
        String group = SERVER.group(ann, bob);
        ann.send(group, "one");
        String since = ann.poll("").get("next").asText();
        SERVER.clock().move(YEAR);
        bob.ack(group, 1);
        SERVER.clock().move(YEAR.negated());

        JsonNode update = ann.poll(since, 55);

        assertEquals(1, update.get("reads").size());
    }

    @Test
    void aRetryIsRecognizedAfterTheClockWentBack() {
        String path = "/v1/groups/" + SERVER.group(ann) + "/messages";
        Map<String, String> draft = Map.of("text", "once", "client_id", "c-1");
        ann.post(path, draft).expect(201);

        SERVER.clock().move(Duration.ofDays(-3));

        ann.post(path, draft).expect(200);
    }

    @Test
    void clientIdsOfTheFutureAreForgottenAfterTwoWindows() {
        String group = SERVER.group(ann);
        SERVER.clock().move(YEAR);
        sendOnce(group, "c-1").expect(201);
        SERVER.clock().move(YEAR.negated());
        for (int day = 1; day <= 3; day++) {
            sendOnce(group, "day-" + day).expect(201);
            SERVER.clock().move(Duration.ofHours(25));
        }

        sendOnce(group, "c-1").expect(201);
    }

    private ApiClient.Answer sendOnce(String group, String clientId) {
        return ann.post("/v1/groups/" + group + "/messages", Map.of("text", "once", "client_id", clientId));
    }

    @Test
    void aNudgeOfTheFutureDoesNotPreventTheNext() {
        String group = SERVER.group(ann, bob);
        ann.send(group, "one");
        String nudge = "/v1/groups/" + group + "/messages/1/nudge";
        SERVER.clock().move(YEAR);
        ann.post(nudge).expect(200);

        SERVER.clock().move(YEAR.negated());

        ann.post(nudge).expect(200);
        ann.post(nudge).problem(429, "rate_limited");
    }

    @Test
    void aUserSeenInTheFutureIsNotOnline() {
        String group = SERVER.group(ann, bob);
        SERVER.clock().move(YEAR);
        bob.get("/v1/me").expect(200);
        assertTrue(online(group, bob));

        SERVER.clock().move(YEAR.negated());

        assertFalse(online(group, bob));
        bob.get("/v1/me").expect(200);
        assertTrue(online(group, bob));
    }

    private boolean online(String group, ApiClient member) {
        return row(group, member).get("online").asBoolean();
    }

    private Instant sentAt(String group, String text) {
        return time(
                ann.post("/v1/groups/" + group + "/messages", Map.of("text", text))
                        .expect(201)
                        .json(),
                "sent_at");
    }

    private Instant joinedAt(String group, ApiClient member) {
        return time(row(group, member), "joined_at");
    }

    private JsonNode row(String group, ApiClient member) {
        for (JsonNode row : ann.get("/v1/groups/" + group + "/members").json().get("members")) {
            if (row.get("id").asText().equals(member.id())) {
                return row;
            }
        }
        throw new AssertionError("not a member");
    }

    private static Instant time(JsonNode object, String field) {
        return Instant.parse(object.get(field).asText());
    }
}
