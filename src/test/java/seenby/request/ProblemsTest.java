package seenby.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.refusal.Unavailable;
import seenby.request.SmallServer.Answer;

class ProblemsTest {
    private static SmallServer server;

    @BeforeAll
    static void start() {
        server = new SmallServer(config -> {
            config.routes.get("/v1/groups/{gid}", ctx -> ctx.result(ctx.pathParam("gid")));
            config.routes.patch("/v1/groups/{gid}", ctx -> ctx.result(ctx.pathParam("gid")));
            config.routes.get("/refused/{name}", ctx -> {
                throw new Refused(Refusal.valueOf(ctx.pathParam("name")));
            });
            config.routes.get("/invalid", ctx -> {
                throw Refused.invalid("na\ud800me", "Half \udc00 of \u001b it.");
            });
            config.routes.get(
                    "/later",
                    ctx -> ctx.future(() -> CompletableFuture.failedFuture(
                            new Refused(Refusal.NO_GROUP, "The group was deleted meanwhile."))));
            config.routes.get("/away", ctx -> {
                throw new Unavailable("password=secret");
            });
            config.routes.get("/bug", ctx -> {
                throw new IllegalStateException("password=secret");
            });
            config.routes.get("/error", ctx -> {
                throw new StackOverflowError("password=secret");
            });
            config.routes.post("/body", ctx -> ctx.result("" + Body.of(ctx, 100).isEmpty()));
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static final Map<Integer, String> CODES = Map.of(
            400, "malformed",
            401, "unauthorized",
            403, "forbidden",
            404, "not_found",
            409, "conflict",
            413, "too_large",
            415, "unsupported_media_type",
            422, "invalid",
            429, "rate_limited");

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void everyRefusalHasAProblem(Refusal refusal) {
        Answer answer = server.get("/refused/" + refusal);

        JsonNode problem = answer.problem(answer.status(), CODES.getOrDefault(answer.status(), "?"));
        assertTrue(problem.path("detail").textValue().endsWith("."), problem.toString());
    }

    @Test
    void refusalsHaveTheStatusOfTheContract() {
        Map<Integer, EnumSet<Refusal>> byStatus = EnumSet.allOf(Refusal.class).stream()
                .collect(Collectors.groupingBy(
                        refusal -> Problem.of(new Refused(refusal)).status(),
                        Collectors.toCollection(() -> EnumSet.noneOf(Refusal.class))));

        assertEquals(
                EnumSet.of(
                        Refusal.CROSS_SITE,
                        Refusal.NOT_ADMIN,
                        Refusal.NOT_OWNER,
                        Refusal.NOT_SENDER,
                        Refusal.NOT_IN_CHARGE,
                        Refusal.LOCKED),
                byStatus.get(403));
        assertEquals(
                EnumSet.of(
                        Refusal.NO_USER,
                        Refusal.NO_GROUP,
                        Refusal.NOT_MEMBER,
                        Refusal.NO_MEMBER,
                        Refusal.NO_MESSAGE,
                        Refusal.NO_RECEIPTS),
                byStatus.get(404));
        assertEquals(
                EnumSet.of(
                        Refusal.FROZEN,
                        Refusal.USER_TAKEN,
                        Refusal.USER_DELETED,
                        Refusal.GROUP_TAKEN,
                        Refusal.GROUPS_FULL,
                        Refusal.MEMBERS_FULL,
                        Refusal.OTHER_TEXT,
                        Refusal.OWNER_STAYS,
                        Refusal.ADMIN_STAYS),
                byStatus.get(409));
        assertEquals(
                EnumSet.of(Refusal.RATE_LIMITED, Refusal.WRONG_TOKENS, Refusal.POLLS_OPEN, Refusal.NUDGED),
                byStatus.get(429));
        assertEquals(EnumSet.of(Refusal.INVALID, Refusal.OWNER_NOT_MEMBER, Refusal.BEYOND_LAST), byStatus.get(422));
        for (var alone : Map.of(
                        400, Refusal.MALFORMED,
                        401, Refusal.UNAUTHORIZED,
                        413, Refusal.TOO_LARGE,
                        415, Refusal.UNSUPPORTED_MEDIA_TYPE)
                .entrySet()) {
            assertEquals(EnumSet.of(alone.getValue()), byStatus.get(alone.getKey()));
        }
    }

    @Test
    void aStrangerCannotTellWhetherAGroupExists() {
        assertEquals(
                server.get("/refused/NO_GROUP").body(),
                server.get("/refused/NOT_MEMBER").body());
    }

    @Test
    void aProblemNamesTheWrongField() {
        assertEquals(
                "owner",
                server.get("/refused/OWNER_NOT_MEMBER").json().path("field").textValue());
        assertEquals(
                "upto", server.get("/refused/BEYOND_LAST").json().path("field").textValue());
        assertFalse(server.get("/refused/NO_GROUP").json().has("field"));
    }

    @Test
    void charactersThatCannotBePrintedAreReplaced() {
        JsonNode problem = server.get("/invalid").problem(422, "invalid");

        assertEquals("na\ufffdme", problem.path("field").textValue());
        assertEquals("Half \ufffd of \ufffd it.", problem.path("detail").textValue());
    }

    @Test
    void aRefusalInAFutureGetsTheSameAnswer() {
        JsonNode problem = server.get("/later").problem(404, "not_found");

        assertEquals("The group was deleted meanwhile.", problem.path("detail").textValue());
    }

    @Test
    void anUnauthorizedAnswerNamesBothWaysToAuthenticate() {
        String ways = server.get("/refused/UNAUTHORIZED").header("WWW-Authenticate");

        assertTrue(ways.contains("Bearer realm=\"seenby\""), ways);
        assertTrue(ways.contains("Basic realm=\"seenby\""), ways);
    }

    @Test
    void aTemporaryProblemSaysWhenToRetry() {
        assertEquals("1", server.get("/refused/RATE_LIMITED").header("Retry-After"));
        Answer away = server.get("/away");
        away.problem(503, "unavailable");
        assertEquals("1", away.header("Retry-After"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/away", "/bug", "/error"})
    void aFailureOfTheServerDoesNotLeakItsCause(String path) {
        Answer answer = server.get(path);

        answer.problem(path.equals("/away") ? 503 : 500, path.equals("/away") ? "unavailable" : "internal");
        assertFalse(answer.body().contains("secret"), answer.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1",
                "/v1/groups",
                "/v1/groups/a/b/c",
                "/V1/groups/a",
                "/v1/groups//a",
                "//",
                "/favicon.ico"
            })
    void anUnknownPathIsNotFound(String path) {
        Answer answer = server.head("GET " + path + " HTTP/1.1", "Host: a", "Connection: close");

        answer.problem(404, "not_found");
    }

    @ParameterizedTest
    @CsvSource({
        "//v1/groups/a, /v1/groups/a",
        "/v1//groups/a?x=1, /v1/groups/a",
        "/v1/groups/a//, /v1/groups/a/",
        "///v1////groups/a, /v1/groups/a",
    })
    void aPathWithAnEmptySegmentIsNotFoundAndTheRightOneIsNamed(String path, String right) {
        for (String method : List.of("GET", "POST", "DELETE")) {
            Answer answer = server.head(method + " " + path + " HTTP/1.1", "Host: a", "Connection: close");

            String detail = answer.problem(404, "not_found").get("detail").textValue();
            assertTrue(detail.contains("'//'") && detail.endsWith("'" + right + "'."), detail);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW", "PROPFIND"})
    void anUnknownMethodIsNotAllowedAndAllowListsTheOthers(String method) {
        for (String accept : List.of("text/html", "application/json")) {
            Answer answer = server.head(
                    method + " /v1/groups/a HTTP/1.1",
                    "Host: a",
                    "Accept: " + accept,
                    "Connection: close",
                    "Content-Length: 0");

            answer.problem(405, "method_not_allowed");
            assertEquals("GET, HEAD, PATCH", answer.header("Allow"));
        }
    }

    @Test
    void anUnknownMethodOnAnUnknownPathIsNotFound() {
        server.send("PUT", "/nowhere", new byte[] {1}).problem(404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/groups/%zz",
                "/v1/groups/%",
                "/v1/groups/%2",
                "/v1/groups/%00",
                "/v1/groups/a%00b",
                "/v1/groups/%ff",
                "/v1/groups/%c0%af",
                "/v1/groups/%ed%a0%80",
                "/v1/groups/%u0041",
                "/v1/groups/..%2fx",
                "/v1/groups/a%2Fb",
                "/v1/groups/a%5cb",
                "/v1/groups/%2e%2e",
                "/v1/groups/%2e",
                "/v1/groups/..;/x",
                "/v1/groups/a%252fb",
                "/v1/groups/a%0d%0aX:b",
                "/v1/groups/a%7f",
                "/v1/groups/a\\b",
                "/v1/groups/a#b",
                "/v1/groups/a\"b",
                "/v1/groups/a<b>",
                "/v1/groups/\u00e5\u00a5\u00bd",
                "/v1/groups/\u00ff",
                "/../../etc/passwd",
                "http://user:secret@a/v1/groups/a",
                "*",
                "v1/groups/a",
            })
    void anAmbiguousOrMalformedPathIsMalformed(String path) {
        server.head("GET " + path + " HTTP/1.1", "Host: a", "Connection: close").problem(400, "malformed");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/groups/a%20b, a b",
        "/v1/groups/%E5%A5%BD, 好",
        "/v1/groups/%61, a",
        "http://a/v1/groups/a, a",
    })
    void aWellFormedPathReachesItsRouteDecoded(String path, String gid) {
        Answer answer = server.head("GET " + path + " HTTP/1.1", "Host: a", "Connection: close");

        assertEquals(200, answer.status(), answer.body());
        assertEquals(gid, answer.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n GET / HTTP/1.1\r\n\r\n",
                "nonsense\r\n\r\n",
                "GET /\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1 x\r\nHost: a\r\n\r\n",
                "GET / HTCPCP/1.0\r\nHost: a\r\n\r\n",
                "GET /v1/groups/%00 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX y: z\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n: empty\r\n\r\n",
                "G\u0001T / HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
                "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                "POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: nonsense\r\n\r\n",
                "POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nx",
            })
    void aRequestThatIsNotHttpIsMalformed(String request) {
        Answer answer = server.raw(request);

        answer.problem(400, "malformed");
        assertEquals("close", answer.header("Connection"));
    }

    @Test
    void aLongHeaderOrUriIsTooLarge() {
        server.head("GET / HTTP/1.1", "Host: a", "X: " + "x".repeat(20_000)).problem(431, "too_large");
        server.head("GET /" + "x".repeat(20_000) + " HTTP/1.1", "Host: a").problem(414, "too_large");
        server.head("GET /?since=" + "x".repeat(20_000) + " HTTP/1.1", "Host: a")
                .problem(414, "too_large");
    }

    @Test
    void anUnknownExpectationIsTheClientsMistake() {
        Answer answer = server.head("GET / HTTP/1.1", "Host: a", "Connection: close", "Expect: nonsense");

        answer.problem(417, "malformed");
    }

    @Test
    void aWebSocketUpgradeIsNotFound() {
        server.head(
                        "GET /v1/groups/a HTTP/1.1",
                        "Host: a",
                        "Connection: Upgrade, close",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
                .problem(404, "not_found");
    }
}
