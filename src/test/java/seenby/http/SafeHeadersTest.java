package seenby.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.RawClient;
import seenby.support.RunningServer;

/** Every answer, whoever gives it, stays out of caches and is not taken for a page. */
class SafeHeadersTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private static void assertSafe(ApiClient.Answer answer) {
        assertEquals("nosniff", answer.header("X-Content-Type-Options"), answer::toString);
        assertEquals("no-store", answer.header("Cache-Control"), answer::toString);
    }

    @Test
    void answersAndRefusals() {
        ApiClient ann = SERVER.user("ann");
        for (String path :
                List.of("/healthz", "/readyz", "/v1/me", "/v1/updates?timeout=0", "/v1/groups/none", "/none")) {
            assertSafe(ann.get(path));
        }
        assertSafe(ann.post("/v1/groups", Map.of("id", "g-safe-headers")));
        assertSafe(ann.post("/v1/updates", Map.of("timeout", 0)));
        assertSafe(SERVER.nobody().get("/v1/updates"));
        assertSafe(ann.get("/v1/updates?timeout=x"));
    }

    @Test
    void whatIsNotHttp() {
        try (RawClient client = new RawClient(SERVER.port())) {
            String answer = client.send("GET /%ZZ HTTP/1.1\r\nHost: a\r\n\r\n").read(1000);

            assertTrue(answer.contains("X-Content-Type-Options: nosniff"), answer);
            assertTrue(answer.contains("Cache-Control: no-store"), answer);
        }
    }

    @Test
    void aPageSaysItselfHowLongItIsKept() {
        ApiClient.Answer page = SERVER.nobody().get("/");

        assertEquals("no-cache", page.header("Cache-Control"));
        assertEquals("nosniff", page.header("X-Content-Type-Options"));
    }
}
