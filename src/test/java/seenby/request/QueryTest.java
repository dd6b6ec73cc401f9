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
            Routes routes = new Routes(config.routes);
            routes.get("/text", ctx -> ctx.result("" + Query.of(ctx).text("since")), "since", "n");
            routes.get("/number", ctx -> ctx.result("" + Query.of(ctx).number("n", 1, 1000)), "n");
            routes.get("/clamped", ctx -> ctx.result("" + Query.of(ctx).clamped("n", 0, 55)), "n");
            routes.get("/flag", ctx -> ctx.result("" + Query.of(ctx).flag("n")), "n");
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/text, Optional.empty",
        "/text?, Optional.empty",
        "/text?since, Optional.empty",
        "/text?since=, Optional.empty",
        "/text?&&since=a&, Optional[a]",
        "/text?since=a=b, Optional[a=b]",
        "/text?since=a+b%2Bc, Optional[a b+c]",
        "/text?s%69nce=%E5%A5%BD%F0%9F%98%80, Optional[好😀]",
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
    void aValidValueIsAccepted(String path, String expected) {
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
    @ValueSource(strings = {"-1", "1.5", "-99999999999999999999"})
    void aNumberThatIsTooSmallIsToldTheRangeThatIsAccepted(String value) {
        var problem = server.get("/clamped?n=" + value).problem(422, "invalid");

        assertEquals(
                "'n' must be a whole number of at least 0; more than 55 counts as 55.",
                problem.path("detail").textValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"abc", "0x10", "%20", "1%20", "%2B1", "-", "--1", "1,000", "%D9%A3", "1.", ".5", "NaN", "%00"})
    void textInPlaceOfANumberIsMalformedAndNamed(String value) {
        for (String path : new String[] {"/number", "/clamped"}) {
            var problem = server.get(path + "?n=" + value).problem(400, "malformed");

            assertTrue(problem.path("detail").textValue().contains("'n'"), problem.toString());
        }
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
    void aQueryThatIsNotPercentEncodedUtf8IsMalformed(String query) {
        server.head("GET /text?" + query + " HTTP/1.1", "Host: a", "Connection: close")
                .problem(400, "malformed");
    }

    @Test
    void aFormInTheBodyIsNotPartOfTheQuery() {
        Answer answer = server.send(
                "GET",
                "/text",
                "since=a".getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");

        assertEquals("Optional.empty", answer.body());
    }
}
