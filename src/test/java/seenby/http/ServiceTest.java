package seenby.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.input.Endpoint;
import seenby.support.ApiClient.Answer;
import seenby.support.RefusalFixture;
import seenby.support.RunningServer;

/** Health and readiness, and requests that match no route. */
class ServiceTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private static RefusalFixture fixture;

    @BeforeAll
    static void createData() {
        fixture = new RefusalFixture(SERVER);
    }

    @AfterEach
    void nothingWasChanged() {
        fixture.unchanged();
    }

    private static Answer call(String method, String path, String... headers) {
        Map<String, String> given = headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]);
        return fixture.ann.call(method, path, BodyPublishers.noBody(), given);
    }

    @Test
    void healthAndReadinessNeedNoToken() {
        assertEquals(
                "up",
                SERVER.nobody().get("/healthz").expect(200).json().get("status").asText());
        assertEquals(
                "ready",
                SERVER.nobody().get("/readyz").expect(200).json().get("status").asText());
    }

    @Test
    void withoutARateLimitAnswersHaveNoRateLimitHeaders() {
        assertEquals("", fixture.ann.get("/v1/me").expect(200).header("X-RateLimit-Limit"));
    }

    static Stream<String> whatGetAnswers() {
        Stream<String> calls = Arrays.stream(Endpoint.values())
                .filter(endpoint -> endpoint.method().equals("GET"))
                .map(Endpoint::path);
        return Stream.concat(
                calls,
                Stream.of(
                        "/healthz",
                        "/readyz",
                        "/readyz?x=1",
                        "/metrics",
                        "/metrics?x=1",
                        "/",
                        "/web/app.js",
                        "/nowhere",
                        "/v1/nowhere",
                        "/v1/groups/nowhere",
                        "/v1/groups/ops/messages/3",
                        "/v1/groups/ops/ack",
                        "/v1/updates?limit=0"));
    }

    @ParameterizedTest
    @MethodSource("whatGetAnswers")
    void headAnswersLikeGetWithoutTheBody(String path) {
        Answer get = call("GET", path);
        Answer head = call("HEAD", path);

        assertEquals(get.status(), head.status());
        assertEquals("", head.response().body());
        for (String header : new String[] {"Content-Type", "Allow"}) {
            assertEquals(get.header(header), head.header(header));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/me", "/v1/updates", "/v1/nowhere", "/v1/groups/ops"})
    void headNeedsATokenLikeGet(String path) {
        SERVER.nobody().call("HEAD", path, BodyPublishers.noBody(), Map.of()).expect(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1",
                "/web",
                "/nowhere",
                "/v1/nowhere",
                "/v1/groups/ops/nowhere",
                "/v2/me",
                "/V1/me",
                "/healthz/x"
            })
    void anUnknownPathIsNotFound(String path) {
        for (String method : new String[] {"GET", "POST", "DELETE", "BREW"}) {
            call(method, path).problem(404, "not_found");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | /v1/users | GET, HEAD, POST",
                "POST | /v1/users/eve | DELETE, GET, HEAD, PATCH",
                "GET | /v1/users/eve/token | POST",
                "HEAD | /v1/users/eve/token | POST",
                "PUT | /v1/me | GET, HEAD, PATCH",
                "PUT | /v1/groups | GET, HEAD, POST",
                "POST | /v1/groups/ops | DELETE, GET, HEAD, PATCH",
                "DELETE | /v1/groups/ops/members | GET, HEAD, POST",
                "POST | /v1/groups/ops/members/eve | DELETE, PUT",
                "PUT | /v1/groups/ops/messages | GET, HEAD, POST",
                "DELETE | /v1/groups/ops/messages/1 | GET, HEAD",
                "GET | /v1/groups/ops/ack | POST",
                "GET | /v1/groups/ops/messages/1/ack | POST",
                "POST | /v1/groups/ops/messages/1/receipts | GET, HEAD",
                "POST | /v1/groups/ops/receipts | GET, HEAD",
                "OPTIONS | /v1/updates | GET, HEAD, POST",
                "POST | /healthz | GET, HEAD",
                "POST | /metrics | GET, HEAD",
                "BREW | /readyz | GET, HEAD"
            })
    void anotherMethodIsNotAllowedAndAllowListsTheOthers(String method, String path, String allowed) {
        Answer answer = call(method, path);

        assertEquals(allowed, answer.header("Allow"));
        if (!method.equals("HEAD")) {
            answer.problem(405, "method_not_allowed");
        }
    }

    @Test
    void noHeaderOverridesTheMethod() {
        call("GET", "/v1/groups/ops", "X-HTTP-Method-Override", "DELETE").expect(200);
        call("POST", "/v1/groups/ops/ack?upto=1", "X-HTTP-Method-Override", "GET")
                .expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nowhere", "/v1/me", "/v1/groups/ops/nowhere"})
    void withoutATokenEveryPathIsUnauthorized(String path) {
        for (String method : new String[] {"GET", "POST", "BREW"}) {
            SERVER.nobody()
                    .call(method, path, BodyPublishers.noBody(), Map.of())
                    .problem(401, "unauthorized");
        }
    }
}
