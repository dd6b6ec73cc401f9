package seenby.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.RunningServer;

class CorsTest {
    private static final String ORIGIN = "https://chat.example.org";

    @RegisterExtension
    static final RunningServer CLOSED = RunningServer.shared();

    @RegisterExtension
    static final RunningServer OPEN = new RunningServer("http.cors=https://other.example, " + ORIGIN);

    private static Answer call(ApiClient client, String method, String path, String origin) {
        return client.call(
                method,
                path,
                BodyPublishers.noBody(),
                Map.of("Origin", origin, "Access-Control-Request-Method", "PATCH", "Sec-Fetch-Site", "cross-site"));
    }

    private static String allowed(Answer answer) {
        return answer.header("Access-Control-Allow-Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/me", "/v1/updates", "/v1/groups/none/messages"})
    void aBrowserMayAskFirst(String path) {
        Answer answer = call(OPEN.nobody(), "OPTIONS", path, ORIGIN).expect(200);

        assertEquals(ORIGIN, allowed(answer));
        assertTrue(answer.header("Access-Control-Allow-Methods").contains("PATCH"), answer.response()::toString);
        assertTrue(answer.header("Access-Control-Allow-Headers").contains("Authorization"));
        assertEquals("", answer.header("Access-Control-Allow-Credentials"));
        assertEquals("", answer.response().body());
    }

    @Test
    void pagesOfTheOtherWebsiteReadAnswersAndRefusals() {
        for (Answer answer : new Answer[] {
            call(OPEN.user("ann"), "GET", "/v1/me", ORIGIN).expect(200),
            call(OPEN.user("ann"), "GET", "/v1/updates?timeout=0", ORIGIN).expect(200),
            call(OPEN.nobody(), "GET", "/v1/me", ORIGIN).expect(401),
            call(OPEN.nobody(), "GET", "/v1/updates", ORIGIN).expect(401),
            call(OPEN.nobody(), "GET", "/none", ORIGIN).expect(404)
        }) {
            assertEquals(ORIGIN, allowed(answer));
            assertTrue(answer.header("Access-Control-Expose-Headers").contains("Retry-After"));
            assertTrue(answer.header("Access-Control-Expose-Headers").contains("X-Request-Id"));
            assertEquals("Origin", answer.header("Vary"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://chatxexample.org",
                "https://chat.example.org.evil.example",
                "null",
                "http://chat.example.org"
            })
    void noOtherWebsiteReadsAnything(String origin) {
        ApiClient ann = OPEN.user("ann");

        assertEquals("", allowed(call(ann, "GET", "/v1/me", origin)));
        assertEquals("", allowed(call(ann, "OPTIONS", "/v1/me", origin)));
    }

    @Test
    void withoutTheSettingNoWebsiteReadsAnything() {
        ApiClient ann = CLOSED.user("ann");

        assertEquals("", allowed(call(ann, "GET", "/v1/me", ORIGIN)));
        call(ann, "OPTIONS", "/v1/me", ORIGIN).problem(405, "method_not_allowed");
    }
}
