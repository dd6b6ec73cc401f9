package seenby.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.request.SmallServer.Answer;

class QueryTest {
    private static SmallServer server;

    @BeforeAll
    static void start() {
        server = new SmallServer(config -> {
            config.routes.get(
                    "/only",
                    ctx -> ctx.result("" + Query.of(ctx).only("since", "n").text("since")));
            config.routes.get(
                    "/none", ctx -> ctx.result("" + Query.of(ctx).only().text("since")));
            config.routes.get("/number", ctx -> ctx.result("" + Query.of(ctx).number("n", 1, 1000)));
            config.routes.get("/clamped", ctx -> ctx.result("" + Query.of(ctx).clamped("n", 0, 55)));
            config.routes.get("/flag", ctx -> ctx.result("" + Query.of(ctx).flag("n")));
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/only, Optional.empty",
        "/only?, Optional.empty",
        "/only?since, Optional.empty",
        "/only?since=, Optional.empty",
        "/only?&&since=a&, Optional[a]",
        "/only?since=a=b, Optional[a=b]",
        "/only?since=a+b%2Bc, Optional[a b+c]",
        "/only?s%69nce=%E5%A5%BD%F0%9F%98%80, Optional[好😀]",
        "/number?n=1, Optional[1]",
        "/number?n=0001000, Optional[1000]",
        "/number?n=, Optional.empty",
        "/clamped?n=0, Optional[0]",
        "/clamped?n=55, Optional[55]",
        "/clamped?n=56, Optional[55]",
        "/clamped?n=99999999999999999999, Optional[55]",
        "/flag, false",
        "/flag?n=, false",
        "/flag?n=false, false",
        "/flag?n=true, true",
    })
    void aRightValueIsTaken(String path, String expected) {
        Answer answer = server.get(path);

        assertEquals(200, answer.status(), answer.body());
        assertEquals(expected, answer.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/number?n=0",
                "/number?n=1001",
                "/number?n=-1",
                "/number?n=1.5",
                "/number?n=1.0",
                "/number?n=1e1",
                "/number?n=9007199254740993",
                "/number?n=9223372036854775808",
                "/number?n=-99999999999999999999",
                "/clamped?n=-1",
                "/clamped?n=1.5",
                "/flag?n=yes",
                "/flag?n=TRUE",
                "/flag?n=1",
                "/flag?n=true&n=true",
                "/number?n=1&n=",
            })
    void aWrongValueIsRefusedByName(String path) {
        var problem = server.get(path).problem(422, "invalid");

        assertEquals("n", problem.path("field").textValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"abc", "0x10", "%20", "1%20", "%2B1", "-", "--1", "1,000", "%D9%A3", "1.", ".5", "NaN", "%00"})
    void whatIsNoNumberIsMalformedAndNamed(String value) {
        for (String path : new String[] {"/number", "/clamped"}) {
            var problem = server.get(path + "?n=" + value).problem(400, "malformed");

            assertTrue(problem.path("detail").textValue().contains("'n'"), problem.toString());
        }
    }

    @Test
    void anUnknownParameterIsNamedWithThoseKnown() {
        var problem = server.get("/only?since=a&sinec=b").problem(422, "invalid");

        assertEquals("sinec", problem.path("field").textValue());
        assertTrue(problem.path("detail").textValue().contains("'sinec' here; known are since, n."));
        assertEquals(
                "x", server.get("/none?x").problem(422, "invalid").path("field").textValue());
        server.get("/only?since[]=a".replace("[", "%5B").replace("]", "%5D")).problem(422, "invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "since=%zz",
                "since=%",
                "since=%2",
                "since=%u0041",
                "since=%-1",
                "%zz=1",
                "since=%ff",
                "since=%c0%80",
                "since=%ed%a0%80",
                "since=%e5%a5",
                "since=\u00e5\u00a5\u00bd",
                "since=\u00ff"
            })
    void whatIsNotPercentEncodedUtf8IsMalformed(String query) {
        server.head("GET /only?" + query + " HTTP/1.1", "Host: a", "Connection: close")
                .problem(400, "malformed");
    }

    @Test
    void aFormInTheBodyIsNoPartOfTheQuery() {
        Answer answer = server.send(
                "GET",
                "/only",
                "since=a".getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");

        assertEquals("Optional.empty", answer.body());
    }
}
