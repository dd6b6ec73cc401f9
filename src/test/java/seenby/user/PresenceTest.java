package seenby.user;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** Which users are shown as online. */
class PresenceTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private ApiClient ann = SERVER.nobody();
    private ApiClient bob = SERVER.nobody();
    private String group = "";

    @BeforeEach
    void createGroupOfTwo() {
        ann = SERVER.user("ann");
        bob = SERVER.user("bob");
        group = SERVER.group(ann, bob);
    }

    private static void advanceClock(int seconds) {
        SERVER.clock().move(Duration.ofSeconds(seconds));
    }

    /** In the member list that ann gets. */
    private boolean online(ApiClient member) {
        JsonNode members =
                ann.get("/v1/groups/" + group + "/members").expect(200).json().get("members");
        for (JsonNode row : members) {
            if (row.get("id").asText().equals(member.id())) {
                return row.get("online").asBoolean();
            }
        }
        throw new AssertionError(member.id() + " is not a member");
    }

    @Test
    void aUserIsOfflineBeforeTheFirstRequestAndOnlineAfterIt() {
        assertFalse(online(bob));
        assertTrue(online(ann));
    }

    @Test
    void aUserStaysOnlineForAMinuteAfterItsLastRequest() {
        bob.get("/v1/me").expect(200);

        advanceClock(50);
        assertTrue(online(bob));
        advanceClock(11);
        assertFalse(online(bob));
    }

    @Test
    void aRefusedRequestAlsoMakesTheUserOnline() {
        bob.get("/v1/groups/none").expect(404);

        assertTrue(online(bob));
    }

    @Test
    void aRequestWithARevokedTokenMakesNobodyOnline() {
        SERVER.admin().post("/v1/users/" + bob.id() + "/token").expect(200);
        bob.get("/v1/me").expect(401);

        assertFalse(online(bob));
    }

    @Test
    void aUserIsOnlineWhileItsPollIsOpenAndForAMinuteAfterItsEnd() {
        var poll = bob.polling("", 30);
        eventually("the poll is open", () -> online(bob));

        advanceClock(50);
        assertTrue(online(bob));
        ann.send(group, "hello");
        poll.join().expect(200);
        advanceClock(50);
        assertTrue(online(bob));
        advanceClock(11);
        assertFalse(online(bob));
    }

    @Test
    void presenceSurvivesARestart() {
        bob.get("/v1/me").expect(200);
        assertTrue(online(bob));

        SERVER.restart();

        assertTrue(online(bob));
    }
}
