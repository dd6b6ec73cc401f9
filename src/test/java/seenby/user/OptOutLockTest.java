package seenby.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.ReceiptLists;
import seenby.support.RunningServer;

/** A server whose configuration lets nobody change whether they send read receipts. */
class OptOutLockTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("receipts.opt_out=locked");

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");

    @Test
    void aChangeOfTheChoiceIsRefusedWithTheRestOfItsRequest() {
        for (ApiClient user : List.of(bob, SERVER.admin())) {
            user.patch("/v1/me", Map.<String, Object>of("send_read_receipts", false, "name", "Other"))
                    .problem(403, "forbidden");
        }

        assertTrue(bob.get("/v1/me").json().get("send_read_receipts").asBoolean());
        assertEquals(bob.id(), bob.get("/v1/me").json().get("name").asText());
    }

    @Test
    void theNameCanStillBeChanged() {
        assertEquals(
                "Bob",
                bob.patch("/v1/me", Map.of("name", "Bob"))
                        .expect(200)
                        .json()
                        .get("name")
                        .asText());
    }

    @Test
    void anEarlierChoiceStays() {
        SERVER.redis().client().hset("sb:user:{" + bob.id() + "}", "receipts", "0");

        String group = SERVER.group(ann, bob);
        ann.send(group, "one");

        assertEquals(ReceiptLists.of(List.of(), List.of()), ReceiptLists.by(ann, group, 1));
    }
}
