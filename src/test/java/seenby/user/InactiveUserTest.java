package seenby.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.ReceiptLists;
import seenby.support.RunningServer;

/** No token of an inactive user works, and it owes no receipts. Its id and its history stay. */
class InactiveUserTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient cem = SERVER.user("cem");
    private final String group = SERVER.group(ann, bob, cem);

    private static ApiClient.Answer change(String user, boolean active) {
        return SERVER.admin().patch("/v1/users/" + user, Map.of("active", active));
    }

    private static void setActive(ApiClient user, boolean active) {
        boolean now = change(user.id(), active).expect(200).json().get("active").asBoolean();
        assertEquals(active, now);
    }

    @Test
    void itsTokenStopsWorkingAtOnceAlsoForAnOpenPollUntilTheUserIsActiveAgain() {
        CompletableFuture<ApiClient.Answer> poll = bob.polling("", 20);
        bob.get("/v1/me").expect(200);

        setActive(bob, false);

        bob.get("/v1/me").problem(401, "unauthorized");
        poll.join().problem(401, "unauthorized");
        setActive(bob, true);
        bob.get("/v1/me").expect(200);
    }

    @Test
    void itsNewTokenDoesNotWorkEither() {
        setActive(bob, false);

        String token = SERVER.admin()
                .post("/v1/users/" + bob.id() + "/token")
                .expect(200)
                .json()
                .get("token")
                .asText();

        new ApiClient(SERVER::port, bob.id(), token).get("/v1/me").problem(401, "unauthorized");
        setActive(bob, true);
        new ApiClient(SERVER::port, bob.id(), token).get("/v1/me").expect(200);
    }

    @Test
    void itOwesNoReceiptsAndStaysAReaderOfWhatItRead() {
        ann.send(group, "read");
        ann.send(group, "unread");
        bob.ack(group, 1);

        setActive(bob, false);
        ann.send(group, "meanwhile");
        setActive(bob, true);
        ann.send(group, "after");

        assertEquals(ReceiptLists.of(List.of(bob), List.of(cem)), ReceiptLists.by(ann, group, 1));
        assertEquals(ReceiptLists.of(List.of(), List.of(cem)), ReceiptLists.by(ann, group, 2));
        assertEquals(ReceiptLists.of(List.of(), List.of(cem)), ReceiptLists.by(ann, group, 3));
        assertEquals(ReceiptLists.of(List.of(), List.of(bob, cem)), ReceiptLists.by(ann, group, 4));
    }

    @Test
    void aGroupThatItIsAddedToExpectsNoReceiptsOfIt() {
        setActive(bob, false);
        String other = SERVER.group(ann, bob, cem);

        ann.send(other, "one");

        assertEquals(ReceiptLists.of(List.of(), List.of(cem)), ReceiptLists.by(ann, other, 1));
        setActive(bob, true);
        ann.send(other, "two");
        assertEquals(ReceiptLists.of(List.of(), List.of(bob, cem)), ReceiptLists.by(ann, other, 2));
    }

    @Test
    void whoSendsNoReceiptsSendsNoneAfterwards() {
        bob.patch("/v1/me", Map.of("send_read_receipts", false)).expect(200);
        setActive(bob, false);
        setActive(bob, true);

        ann.send(group, "one");

        assertEquals(ReceiptLists.of(List.of(), List.of(cem)), ReceiptLists.by(ann, group, 1));
    }

    @Test
    void itStaysAMemberAndEverybodySeesThatItIsInactive() {
        setActive(bob, false);

        assertFalse(ann.get("/v1/users/" + bob.id())
                .expect(200)
                .json()
                .get("active")
                .asBoolean());
        assertEquals(3, ann.get("/v1/groups/" + group).json().get("members").asInt());
    }

    @Test
    void theUserAdminStaysActive() {
        change("admin", false).problem(409, "conflict");
        change("admin", true).expect(200);
    }

    @Test
    void aUserThatDoesNotExistIsRefused() {
        change("nobody-at-all", false).problem(404, "not_found");
        ann.get("/v1/users/nobody-at-all").problem(404, "not_found");
    }
}
