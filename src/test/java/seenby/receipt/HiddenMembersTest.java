package seenby.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.StreamEntryID;
import seenby.support.ApiClient;
import seenby.support.RunningServer;
import seenby.support.Sweeps;

/** A message says how many members owe no receipt because they have turned theirs off. */
class HiddenMembersTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer(Sweeps.RETENTION);

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient cem = SERVER.user("cem");
    private final String group = SERVER.group(ann, bob, cem);
    private final String path = "/v1/groups/" + group;

    private static void hide(ApiClient user) {
        user.patch("/v1/me", Map.of("send_read_receipts", false)).expect(200);
    }

    private ApiClient.Answer send(String clientId) {
        return ann.post(path + "/messages", Map.of("text", "hello", "client_id", clientId));
    }

    private JsonNode rangeCount(int id) {
        return ann.get(path + "/receipts").json().get("receipts").get(id - 1);
    }

    private static List<Long> counts(JsonNode answer) {
        return List.of(answer.get("recipients").asLong(), answer.get("hidden").asLong());
    }

    @Test
    void hiddenMembersAreCountedWhenAMessageIsSent() {
        hide(bob);
        assertEquals(List.of(1L, 1L), counts(send("c-1").expect(201).json()));
        hide(cem);
        assertEquals(List.of(0L, 2L), counts(send("c-2").expect(201).json()));

        assertEquals(List.of(0L, 2L), counts(ann.receipts(group, 2)));
        assertEquals(List.of(0L, 2L), counts(ann.get(path + "/messages/2").json()));
        assertEquals(List.of(0L, 2L), counts(rangeCount(2)));
    }

    @Test
    void whoOptsOutOrLeavesLaterChangesOnlyTheRecipients() {
        hide(bob);
        send("c-1").expect(201);
        hide(cem);
        ann.delete(path + "/members/" + bob.id()).expect(204);

        assertEquals(List.of(0L, 1L), counts(send("c-1").expect(200).json()));
        assertEquals(List.of(0L, 1L), counts(ann.receipts(group, 1)));
    }

    @Test
    void theArchiveKeepsTheNumber() {
        hide(bob);
        send("c-1").expect(201);
        Sweeps.sweep(SERVER, group);

        assertTrue(ann.receipts(group, 1).get("archived").asBoolean());
        assertEquals(List.of(1L, 1L), counts(ann.receipts(group, 1)));
        assertEquals(List.of(1L, 1L), counts(rangeCount(1)));
        assertEquals(List.of(1L, 1L), counts(send("c-1").expect(200).json()));
    }

    @Test
    void aSenderWithoutReceiptsIsNotCounted() {
        hide(ann);

        assertEquals(List.of(2L, 0L), counts(send("c-1").expect(201).json()));
    }

    @Test
    void whoTurnsReceiptsOnAgainIsNotCounted() {
        hide(bob);
        bob.patch("/v1/me", Map.of("send_read_receipts", true)).expect(200);

        assertEquals(List.of(2L, 0L), counts(send("c-1").expect(201).json()));
    }

    @Test
    void nobodyIsCountedWhileReceiptsAreOff() {
        hide(bob);
        ann.patch(path, Map.of("receipts", "off")).expect(200);

        assertEquals(List.of(0L, 0L), counts(send("c-1").expect(201).json()));
        assertEquals(List.of(0L, 0L), counts(send("c-1").expect(200).json()));
    }

    @Test
    void aMessageFromBeforeTheNumberWasStoredHasNone() {
        send("c-1").expect(201);
        forgetHidden();

        assertFalse(send("c-1").expect(200).json().has("hidden"));
        assertFalse(ann.receipts(group, 1).has("hidden"));
        assertFalse(ann.get(path + "/messages/1").json().has("hidden"));
        assertFalse(rangeCount(1).has("hidden"));
        Sweeps.sweep(SERVER, group);
        assertTrue(ann.receipts(group, 1).get("archived").asBoolean());
        assertFalse(ann.receipts(group, 1).has("hidden"));
    }

    /** Stores the receipts of the first message as earlier versions did. */
    private void forgetHidden() {
        String receipts = Sweeps.key(group, "receipts");
        var redis = SERVER.redis().client();
        Map<String, String> stored = redis.xrange(receipts, "-", "+").get(0).getFields();
        Map<String, String> old = new LinkedHashMap<>();
        for (String field : List.of("sender", "sent_at", "recipients")) {
            old.put(field, stored.get(field));
        }
        redis.del(receipts);
        redis.xadd(receipts, new StreamEntryID(1, 0), old);
    }
}
