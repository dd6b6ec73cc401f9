package seenby.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.support.RawClient;
import seenby.support.RunningServer;

/**
 * A proxy and this server must agree where a request ends, or a client smuggles a second one past the proxy. Each
 * request here could be read in two ways, so it gets a 400 or no answer to what follows, and its connection ends.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-11.2">RFC 9112, request smuggling</a>
 */
class SmugglingTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");
    private static final String SECOND = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final int ALL = 10_000;

    private static List<String> statuses(String request) {
        try (RawClient client = new RawClient(SERVER.port())) {
            String answers = client.send(request).read(ALL);
            return STATUS.matcher(answers)
                    .results()
                    .map(MatchResult::group)
                    .map(line -> line.substring(line.length() - 3))
                    .toList();
        }
    }

    private static void assertEndsAfterItsRefusal(String request) {
        List<String> statuses = statuses(request + SECOND);
        assertEquals(1, statuses.size(), () -> statuses + " to " + request);
        assertTrue(statuses.get(0).startsWith("4"), statuses::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
                "Content-Length: 0\r\nContent-Length: 38\r\n\r\n",
                "Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
                "Content-Length: 0, 0\r\n\r\n",
                "Content-Length: +0\r\n\r\n",
                "Content-Length: -1\r\n\r\n",
                "Content-Length: 0x0\r\n\r\n",
                "Content-Length: 99999999999999999999\r\n\r\n",
                "Content-Length: \r\n\r\n",
                "Content-Length : 0\r\n\r\n",
                "Transfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: , chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding:\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0\n\n",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n{}0\r\n\r\n",
                "X: a\rContent-Length: 0\r\n\r\n",
                " X: a\r\n\r\n",
                "X\r\n\r\n",
                "X: a\u0000b\r\n\r\n",
                "Host: b\r\n\r\n"
            })
    void whatCouldBeReadInTwoWaysEndsTheConnection(String rest) {
        assertEndsAfterItsRefusal("POST /v1/users HTTP/1.1\r\nHost: a\r\n" + rest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /healthz HTTP/1.1\r\n\r\n",
                "GET /healthz HTTP/1.2\r\nHost: a\r\n\r\n",
                "GET /healthz\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET http://b/healthz HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /v1/users HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            })
    void soDoesWhatIsOfAnotherVersionOrForAnotherHost(String request) {
        assertEndsAfterItsRefusal(request);
    }

    @Test
    void theBodyOfARequestIsNoRequest() {
        String body = "GET /none HTTP/1.1\r\nHost: a\r\n\r\n";
        String get = "GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body);
        String last = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

        assertEquals(List.of("200", "200"), statuses(get + last));
        assertEquals(List.of("401", "200"), statuses(get.replace("GET /healthz", "POST /v1/users") + last));
    }

    @Test
    void version10EndsAfterItsAnswerUnlessItAsksForMore() {
        assertEquals(List.of("200"), statuses("GET /healthz HTTP/1.0\r\n\r\n" + SECOND));
        assertEquals(
                List.of("200", "200"),
                statuses("GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /healthz HTTP/1.0\r\n\r\n"));
    }
}
