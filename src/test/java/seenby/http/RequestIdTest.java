package seenby.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.RawClient;
import seenby.support.RunningServer;

/** Every answer names its request, so that a client can tell an operator which one it was. */
class RequestIdTest {
    private static final String HEADER = "X-Request-Id";

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private final ApiClient ann = SERVER.user("ann");

    private Answer withId(String path, String id) {
        return ann.call("GET", path, BodyPublishers.noBody(), Map.of(HEADER, id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/readyz", "/v1/me", "/v1/updates", "/v1/updates?since=x", "/nowhere", "/a//b"})
    void everyAnswerHasAnotherIdOrThatOfTheClient(String path) {
        String first = ann.get(path).header(HEADER);

        assertTrue(first.matches("[0-9a-f]{1,16}"), first);
        assertNotEquals(first, ann.get(path).header(HEADER));
        assertEquals("Mine-1.x_2", withId(path, "Mine-1.x_2").header(HEADER));
    }

    /** It gets into the log, where it must not look like anything else. */
    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "a\"b", "{}", "é", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void anIdThatIsMoreThanThatIsReplaced(String id) {
        assertTrue(withId("/v1/me", id).header(HEADER).matches("[0-9a-f]{1,16}"));
    }

    @Test
    void aRequestThatIsNotHttpHasOneToo() throws Exception {
        try (RawClient client = new RawClient(SERVER.port())) {
            assertTrue(client.send("NONSENSE\r\n\r\n").read(400).contains(HEADER + ": "));
        }
    }
}
