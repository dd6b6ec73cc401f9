package seenby.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import seenby.refusal.Unavailable;
import seenby.user.Caller;
import seenby.user.UserId;

class RememberedAdminTest {
    private static final Caller ANN = new Caller(new UserId("ann"), true);
    private static final Caller BOB = new Caller(new UserId("bob"), false);

    private final Map<String, Caller> store = new HashMap<>(Map.of("a", ANN, "b", BOB));
    private boolean away;
    private Runnable meanwhile = () -> {};
    private final RememberedAdmin remembered = new RememberedAdmin(this::look);

    private Optional<Caller> look(String hash) {
        if (away) {
            throw new Unavailable("away");
        }
        Optional<Caller> found = Optional.ofNullable(store.get(hash));
        meanwhile.run();
        return found;
    }

    @Test
    void anAdminIsKnownWhileTheStoreIsAway() {
        remembered.byToken("a");
        away = true;

        assertEquals(Optional.of(ANN), remembered.byToken("a"));
        assertThrows(Unavailable.class, () -> remembered.byToken("c"));
    }

    @Test
    void anotherUserIsNotRemembered() {
        assertEquals(Optional.of(BOB), remembered.byToken("b"));
        away = true;

        assertThrows(Unavailable.class, () -> remembered.byToken("b"));
    }

    @Test
    void anUnknownTokenIsNotRemembered() {
        assertEquals(Optional.empty(), remembered.byToken("c"));
        store.put("c", ANN);

        assertEquals(Optional.of(ANN), remembered.byToken("c"));
    }

    @Test
    void aDoubtMakesItAskAgain() {
        remembered.byToken("a");
        store.remove("a");

        remembered.doubt();

        assertEquals(Optional.empty(), remembered.byToken("a"));
    }

    @Test
    void aTokenThatIsRevokedDuringTheLookIsNotRemembered() {
        meanwhile = () -> {
            store.remove("a");
            remembered.doubt();
        };
        assertEquals(Optional.of(ANN), remembered.byToken("a"));

        assertEquals(Optional.empty(), remembered.byToken("a"));
    }
}
