package seenby.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.RunningServer;
import seenby.support.Sweeps;

/** After the retention, receipts are in the archive and are answered from there. */
class SweepTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer(Sweeps.RETENTION);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient cem = SERVER.user("cem");
    private final String group = SERVER.group(ann, bob, cem);
    private final String path = "/v1/groups/" + group;

    /** Ann sends three messages, of which bob reads two and cem only the second; bob sends one. */
    private void sendAndRead() {
        ann.send(group, "one");
        ann.send(group, "two");
        ann.send(group, "three");
        bob.ack(group, 2);
        bob.send(group, "by bob");
        cem.post(path + "/messages/2/ack").expect(200);
    }

    private static JsonNode unarchived(JsonNode receipt) {
        return ((ObjectNode) receipt.deepCopy()).put("archived", false);
    }

    private List<JsonNode> lines() throws JsonProcessingException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Sweeps.lines(SERVER.archive(), group, "")) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    @Test
    void receiptsFromTheArchiveAreTheSameAsBefore() {
        sendAndRead();
        List<JsonNode> live = new ArrayList<>();
        for (long id = 1; id <= 3; id++) {
            live.add(ann.receipts(group, id));
        }
        JsonNode range = ann.get(path + "/receipts").json();

        Sweeps.sweep(SERVER, group);

        for (long id = 1; id <= 3; id++) {
            JsonNode archived = ann.receipts(group, id);
            assertTrue(archived.get("archived").asBoolean());
            assertEquals(live.get((int) id - 1), unarchived(archived));
        }
        assertEquals(range, ann.get(path + "/receipts").json());
        JsonNode counts = ann.get(path + "/messages/1/receipts?list=none").json();
        assertTrue(counts.get("archived").asBoolean());
        assertFalse(counts.has("readers"));
        assertEquals(1, counts.get("read").asLong());
    }

    @Test
    void eachMessageHasOneReadableLineInTheFile() throws JsonProcessingException {
        sendAndRead();
        JsonNode second = ann.receipts(group, 2);

        Sweeps.sweep(SERVER, group);

        List<JsonNode> lines = lines();
        assertEquals(
                List.of("1", "2", "3", "4"),
                lines.stream().map(line -> line.get("id").asText()).toList());
        JsonNode line = lines.get(1);
        Set<String> fields = new TreeSet<>();
        line.fieldNames().forEachRemaining(fields::add);
        assertEquals(
                Set.of(
                        "group",
                        "id",
                        "sender",
                        "sent_at",
                        "archived_at",
                        "recipients",
                        "hidden",
                        "readers",
                        "unread_members"),
                fields);
        fields.remove("archived_at");
        for (String field : fields) {
            assertEquals(second.get(field), line.get(field), field);
        }
    }

    @Test
    void archivedReceiptsAreDeletedFromRedis() {
        Set<String> before = SERVER.redis().client().keys(Sweeps.key(group, "*"));
        sendAndRead();
        bob.ack(group, 4);

        Sweeps.sweep(SERVER, group);

        before.addAll(Set.of(Sweeps.key(group, "messages"), Sweeps.key(group, "heard")));
        assertEquals(before, SERVER.redis().client().keys(Sweeps.key(group, "*")));
        assertEquals(0, SERVER.receiptBytes(group));
    }

    @Test
    void archivedReceiptsAreFrozen() {
        sendAndRead();
        Sweeps.sweep(SERVER, group);
        JsonNode before = ann.receipts(group, 3);

        assertEquals(4, cem.ack(group, 4).get("acked").asLong());
        bob.post(path + "/messages/3/ack").expect(200);
        bob.patch("/v1/me", Map.of("send_read_receipts", false)).expect(200);
        cem.delete(path + "/members/" + cem.id()).expect(204);

        assertEquals(before, ann.receipts(group, 3));
        assertEquals(2, before.get("unread").asLong());
    }

    @Test
    void aRangeCanSpanTheArchiveAndRedis() {
        sendAndRead();
        Sweeps.sweep(SERVER, group);
        ann.send(group, "five");
        bob.ack(group, 5);

        JsonNode receipts = ann.get(path + "/receipts").json().get("receipts");

        assertEquals(List.of("1", "2", "3", "5"), ApiClient.each(receipts, "id"));
        assertEquals(List.of("1", "2", "0", "1"), ApiClient.each(receipts, "read"));
        assertEquals(
                List.of("5"),
                ApiClient.each(ann.get(path + "/receipts?from=4").json().get("receipts"), "id"));
        assertEquals(
                List.of("2"),
                ApiClient.each(ann.get(path + "/receipts?from=2&to=2").json().get("receipts"), "id"));
    }

    @Test
    void archivedReceiptsKeepTheirVisibility() {
        sendAndRead();
        Sweeps.sweep(SERVER, group);

        bob.get(path + "/messages/1/receipts").problem(403, "forbidden");
        SERVER.user("eve").get(path + "/messages/1/receipts").problem(404, "not_found");
        SERVER.admin().get(path + "/messages/1/receipts").problem(404, "not_found");
        ann.get(path + "/messages/5/receipts").problem(404, "not_found");
        ann.get(path + "/messages/0/receipts").problem(404, "not_found");
        assertEquals(
                List.of("4"), ApiClient.each(bob.get(path + "/receipts").json().get("receipts"), "id"));
        ann.patch(path, Map.of("receipts", "members")).expect(200);
        assertEquals(
                List.of("1", "2", "3", "4"),
                ApiClient.each(cem.get(path + "/receipts").json().get("receipts"), "id"));
        assertTrue(bob.receipts(group, 1).get("archived").asBoolean());
    }

    @Test
    void aMessageSentUnderOffHasALineWithoutReceipts() throws JsonProcessingException {
        ann.patch(path, Map.of("receipts", "off")).expect(200);
        ann.send(group, "off");
        ann.patch(path, Map.of("receipts", "members")).expect(200);
        ann.send(group, "on");
        Sweeps.sweep(SERVER, group);

        ann.get(path + "/messages/1/receipts").problem(404, "not_found");
        assertEquals(
                List.of("2"), ApiClient.each(ann.get(path + "/receipts").json().get("receipts"), "id"));
        assertEquals("off", lines().get(0).get("receipts").asText());
        assertFalse(lines().get(0).has("recipients"));
        JsonNode history = ann.get(path + "/messages?after=0").json().get("messages");
        assertFalse(history.get(0).has("archived"));
        assertTrue(history.get(1).get("archived").asBoolean());
    }

    @Test
    void theHistoryMarksArchivedReceiptsForThoseWhoCanSeeThem() {
        sendAndRead();
        Sweeps.sweep(SERVER, group);

        JsonNode anns = ann.get(path + "/messages?after=0").json().get("messages");
        JsonNode bobs = bob.get(path + "/messages/3").expect(200).json();

        assertTrue(anns.get(2).get("archived").asBoolean());
        assertFalse(anns.get(2).has("read"));
        assertFalse(anns.get(3).has("archived"), "a message by bob");
        assertFalse(bobs.has("archived"));
        assertEquals("three", bobs.get("text").asText());
    }

    @Test
    void aRetryOfAnArchivedMessageAnswersItsRecipients() {
        Map<String, String> draft = Map.of("text", "hi", "client_id", "c-1");
        ann.post(path + "/messages", draft).expect(201);
        bob.delete(path + "/members/" + bob.id()).expect(204);
        Sweeps.sweep(SERVER, group);

        JsonNode again = ann.post(path + "/messages", draft).expect(200).json();

        assertEquals(1, again.get("id").asLong());
        assertEquals(1, again.get("recipients").asLong());
    }

    @Test
    void aSenderWhoReturnsLaterGetsAResync() {
        ann.send(group, "one");
        String since = ann.poll("").get("next").asText();
        bob.ack(group, 1);
        Sweeps.sweep(SERVER, group);

        JsonNode update = ann.poll(since);

        assertEquals(List.of(group), ApiClient.texts(update.get("resync")));
        assertEquals(0, update.get("reads").size());
        assertEquals(0, ann.poll(update.get("next").asText()).get("resync").size());
        assertEquals(1, ann.receipts(group, 1).get("read").asLong());
    }

    @Test
    void receiptsMissingFromTheArchiveAreNotFound() throws Exception {
        sendAndRead();
        Sweeps.sweep(SERVER, group);
        for (var segment : Sweeps.segments(SERVER.archive(), group)) {
            Files.delete(segment);
        }

        ann.get(path + "/messages/1/receipts").problem(404, "not_found");
        assertEquals(
                0,
                ann.get(path + "/receipts").expect(200).json().get("receipts").size());
    }

    @Test
    void theArchiveOfADeletedGroupStaysAndANewGroupGetsAnother() {
        sendAndRead();
        Sweeps.sweep(SERVER, group);
        ann.delete(path).expect(204);
        assertEquals(4, Sweeps.lines(SERVER.archive(), group, "").size());
        assertEquals(Set.of(), SERVER.redis().client().keys(Sweeps.key(group, "*")));

        bob.post("/v1/groups", Map.<String, Object>of("id", group, "members", List.of(ann.id())))
                .expect(201);
        ann.get(path + "/messages/1/receipts").problem(404, "not_found");
        bob.send(group, "another one");
        Sweeps.sweep(SERVER, group);

        assertEquals(1, bob.receipts(group, 1).get("recipients").asLong());
        assertEquals(5, Sweeps.lines(SERVER.archive(), group, "").size());
        assertEquals(
                2,
                Sweeps.segments(SERVER.archive(), group).stream()
                        .map(it -> it.getParent())
                        .distinct()
                        .count());
    }

    @Test
    void deletingAGroupWithArchiveDeletesBoth() {
        sendAndRead();
        Sweeps.sweep(SERVER, group);
        ann.delete(path + "?archive=rm").problem(422, "invalid");
        bob.delete(path + "?archive=delete").problem(403, "forbidden");
        assertEquals(4, Sweeps.lines(SERVER.archive(), group, "").size());

        ann.delete(path + "?archive=delete").expect(204);

        assertFalse(Files.exists(SERVER.archive().resolve(group)));
    }
}
