package seenby.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.RunningServer;

/** Behind a trusted proxy, wrong tokens count for the client that the proxy saw. */
class ClientAddressTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("http.trusted_proxies=127.0.0.1, 10.0.0.0/8");

    /** So many requests take less time than ten for each second that they take. */
    private static final int ENOUGH = 3000;

    private final ApiClient guest = new ApiClient(SERVER::port, "guest", "a-wrong-token-of-forty-three-characters-xyz");

    private static Answer get(ApiClient client, String path, String forwarded) {
        return client.call("GET", path, BodyPublishers.noBody(), Map.of("X-Forwarded-For", forwarded));
    }

    /** Sends wrong tokens until one is refused because of its address, which is made of the number of the request. */
    private Answer refused(String path, IntFunction<String> forwarded) {
        return IntStream.range(0, ENOUGH)
                .mapToObj(i -> get(guest, path, forwarded.apply(i)))
                .filter(answer -> answer.status() != 401)
                .findFirst()
                .orElseThrow(() -> new AssertionError("none is refused"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/me", "/v1/updates", "/metrics"})
    void wrongTokensOfOneClientAreRefusedAndNoRightTokenIs(String path) {
        Answer refused = refused(path, i -> "192.0.2.1");

        assertEquals(
                "wrong_tokens",
                refused.problem(429, "rate_limited").path("reason").asText());
        assertEquals("1", refused.header("Retry-After"));
        get(SERVER.user("ann"), "/v1/me", "192.0.2.1").expect(200);
        get(SERVER.nobody(), "/v1/me", "192.0.2.1").problem(401, "unauthorized");
        get(guest, path, "192.0.2.2").problem(401, "unauthorized");
    }

    @Test
    void aClientCannotHideBehindWhatItWritesItself() {
        refused("/v1/me", i -> invented(i) + ", 198.51.100.1");
        refused("/v1/me", i -> invented(i) + ", 198.51.100.1, 10.1.2.3");
        refused("/v1/me", i -> "unknown, " + invented(i) + ", 10.9.9.9, 198.51.100.1");
    }

    @Test
    void whatIsNoAddressLeavesThatOfTheProxy() {
        refused("/v1/me", i -> invented(i) + ", nobody" + i + ", 10.0.0.7");
    }

    private static String invented(int number) {
        return "203.0." + number / 250 + "." + number % 250;
    }
}
