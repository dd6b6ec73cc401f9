package seenby.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.request.SmallServer.Answer;

class BodyTest {
    private static final int LIMIT = 2000;
    private static final String JSON = "application/json";
    private static SmallServer server;

    @BeforeAll
    static void start() {
        server = new SmallServer(config -> {
            config.routes.post(
                    "/empty", ctx -> ctx.result("" + Body.of(ctx, LIMIT).isEmpty()));
            config.routes.post(
                    "/two",
                    ctx -> ctx.result(
                            "" + Body.of(ctx, LIMIT, "since", "timeout").isEmpty()));
            config.routes.post("/none", Body::none);
            config.routes.post(
                    "/text", ctx -> ctx.result(Body.of(ctx, LIMIT, "f").text("f")));
            config.routes.post(
                    "/optional", ctx -> ctx.result("" + Body.of(ctx, LIMIT, "f").optionalText("f")));
            config.routes.post(
                    "/flag", ctx -> ctx.result("" + Body.of(ctx, LIMIT, "f").optionalFlag("f")));
            config.routes.post(
                    "/number", ctx -> ctx.result("" + Body.of(ctx, LIMIT, "f").number("f", 0, 99)));
            config.routes.post(
                    "/any", ctx -> ctx.result("" + Body.of(ctx, LIMIT, "f").optionalNumber("f", 0, Long.MAX_VALUE)));
            config.routes.post(
                    "/clamped", ctx -> ctx.result("" + Body.of(ctx, LIMIT, "f").optionalClamped("f", 0, 55)));
            config.routes.post(
                    "/texts", ctx -> ctx.result("" + Body.of(ctx, LIMIT, "f").optionalTexts("f")));
            config.routes.post(
                    "/numbers", ctx -> ctx.result("" + Body.of(ctx, LIMIT, "f").optionalNumbers("f", 0, 99)));
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> taken() {
        return Stream.of(
                arguments("/text", "{\"f\":\"好 😀\"}", "好 😀"),
                arguments("/text", "{\"f\":\"\\ud83d\\ude00\"}", "😀"),
                arguments("/text", " {\"f\" : \"\"} \n", ""),
                arguments("/optional", "{}", "Optional.empty"),
                arguments("/optional", "{\"f\":null}", "Optional.empty"),
                arguments("/optional", "{\"f\":\"null\"}", "Optional[null]"),
                arguments("/flag", "{\"f\":true}", "Optional[true]"),
                arguments("/flag", "{\"f\":false}", "Optional[false]"),
                arguments("/flag", "{\"f\":null}", "Optional.empty"),
                arguments("/number", "{\"f\":0}", "0"),
                arguments("/number", "{\"f\":-0}", "0"),
                arguments("/number", "{\"f\":99}", "99"),
                arguments("/any", "{\"f\":null}", "Optional.empty"),
                arguments("/any", "{\"f\":9223372036854775807}", "Optional[9223372036854775807]"),
                arguments("/clamped", "{\"f\":0}", "Optional[0]"),
                arguments("/clamped", "{\"f\":56}", "Optional[55]"),
                arguments("/clamped", "{\"f\":99999999999999999999}", "Optional[55]"),
                arguments("/texts", "{\"f\":[]}", "Optional[[]]"),
                arguments("/texts", "{\"f\":[\"a\",\"b\"]}", "Optional[[a, b]]"),
                arguments("/texts", "{}", "Optional.empty"),
                arguments("/numbers", "{\"f\":{\"ops\":42,\"a\":1}}", "Optional[{ops=42, a=1}]"),
                arguments("/numbers", "{\"f\":null}", "Optional.empty"));
    }

    @ParameterizedTest
    @MethodSource("taken")
    void aValidValueIsAccepted(String path, String body, String expected) {
        Answer answer = server.post(path, body, "Content-Type", JSON);

        assertEquals(200, answer.status(), answer.body());
        assertEquals(expected, answer.body());
    }

    static Stream<Arguments> refusedByName() {
        return Stream.of(
                arguments("/text", "{}"),
                arguments("/text", "{\"f\":null}"),
                arguments("/text", "{\"f\":1}"),
                arguments("/text", "{\"f\":[\"a\"]}"),
                arguments("/text", "{\"f\":\"\\ud800\"}"),
                arguments("/text", "{\"f\":\"a\\udc00b\"}"),
                arguments("/text", "{\"f\":\"\\ude00\\ud83d\"}"),
                arguments("/optional", "{\"f\":{}}"),
                arguments("/optional", "{\"f\":false}"),
                arguments("/flag", "{\"f\":\"true\"}"),
                arguments("/flag", "{\"f\":1}"),
                arguments("/number", "{}"),
                arguments("/number", "{\"f\":null}"),
                arguments("/number", "{\"f\":-1}"),
                arguments("/number", "{\"f\":100}"),
                arguments("/number", "{\"f\":42.0}"),
                arguments("/number", "{\"f\":4.5}"),
                arguments("/number", "{\"f\":1e1}"),
                arguments("/number", "{\"f\":1e999999999}"),
                arguments("/number", "{\"f\":\"42\"}"),
                arguments("/number", "{\"f\":true}"),
                arguments("/number", "{\"f\":9223372036854775808}"),
                arguments("/any", "{\"f\":9223372036854775808}"),
                arguments("/any", "{\"f\":-9223372036854775809}"),
                arguments("/any", "{\"f\":" + "9".repeat(900) + "}"),
                arguments("/texts", "{\"f\":\"a\"}"),
                arguments("/texts", "{\"f\":{\"0\":\"a\"}}"),
                arguments("/texts", "{\"f\":[\"a\",1]}"),
                arguments("/clamped", "{\"f\":-1}"),
                arguments("/clamped", "{\"f\":1.5}"),
                arguments("/clamped", "{\"f\":\"1\"}"),
                arguments("/clamped", "{\"f\":-99999999999999999999}"),
                arguments("/texts", "{\"f\":[null]}"),
                arguments("/texts", "{\"f\":[\"\\ud800\"]}"),
                arguments("/numbers", "{\"f\":[1]}"),
                arguments("/numbers", "{\"f\":{\"ops\":\"42\"}}"),
                arguments("/numbers", "{\"f\":{\"ops\":null}}"),
                arguments("/numbers", "{\"f\":{\"ops\":100}}"));
    }

    @ParameterizedTest
    @MethodSource("refusedByName")
    void aWrongValueIsRefusedByName(String path, String body) {
        var problem = server.post(path, body, "Content-Type", JSON).problem(422, "invalid");

        assertEquals("f", problem.path("field").textValue());
        assertTrue(problem.path("detail").textValue().contains("'f"), problem.toString());
    }

    @Test
    void aWrongStringAmongSeveralIsNamed() {
        var problem = server.post("/texts", "{\"f\":[\"a\",\"b\",3]}", "Content-Type", JSON)
                .problem(422, "invalid");

        assertEquals("'f[2]' must be a string.", problem.path("detail").textValue());
    }

    @Test
    void aNumberThatIsTooSmallIsToldTheRangeThatIsAccepted() {
        var problem =
                server.post("/clamped", "{\"f\":-1}", "Content-Type", JSON).problem(422, "invalid");

        assertEquals(
                "'f' must be a whole number of at least 0; more than 55 counts as 55.",
                problem.path("detail").textValue());
    }

    @Test
    void aWrongNumberAmongSeveralIsNamed() {
        var problem = server.post("/numbers", "{\"f\":{\"ops\":1,\"dev\":-1}}", "Content-Type", JSON)
                .problem(422, "invalid");

        assertTrue(problem.path("detail").textValue().contains("f.dev"), problem.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"f\":}",
                "{\"f\":1,}",
                "{'f':1}",
                "{f:1}",
                "{\"f\":01}",
                "{\"f\":NaN}",
                "{\"f\":+1}",
                "{\"f\":\"a\tb\"}",
                "{\"f\":\"\\x\"}",
                "{\"\\ud800\":1}",
                "{\"f\":{\"\\ude00\":1}}",
                "{} {}",
                "{}x",
                "{\"f\":1,\"f\":2}",
                "{\"a\":{\"f\":1,\"f\":2}}",
                "/* c */ {}",
                "f=1",
                "\u00a0{}",
                "\ufeff{}",
                "\ufeff"
            })
    void aBodyThatIsNotJsonIsMalformed(String body) {
        server.post("/empty", body, "Content-Type", JSON).problem(400, "malformed");
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                arguments("\ufeff{}", "byte order mark"),
                arguments("hello", "is not JSON: it begins with 'hello'"),
                arguments("f=1&g=2", "is not JSON: it begins with 'f=1&g=2'"),
                arguments("'a'", "is not JSON: it begins with ''a''"),
                arguments("<a>", "is not JSON"),
                arguments("{\"f\":1,}", "(line 1, column 8): there is one comma too many before '}'"),
                arguments("{\"f\":1,,\"g\":2}", "(line 1, column 8): there is one comma too many before ','"),
                arguments("{\"f\":[1,]}", "(line 1, column 9): there is one comma too many before ']'"),
                arguments("{\"f\":[,1]}", "(line 1, column 7): there is one comma too many before ','"),
                arguments("{\n\"f\":1\n\"g\":2}", "(line 3, column 1): a comma or a '}' is missing before '\"'"),
                arguments("{\"f\":[1 2]}", "(line 1, column 9): a comma or a ']' is missing before '2'"),
                arguments("{\"f\" 1}", "(line 1, column 6): a colon is missing before '1'"),
                arguments("{\"f\":}", "(line 1, column 6): a value is missing before '}'"),
                arguments("{\"f\":", "(line 1, column 6): a value is missing at the end"),
                arguments("{", "(line 1, column 2): a '}' is missing at the end"),
                arguments("{\"f\":1", "(line 1, column 7): a '}' is missing at the end"),
                arguments("{\"f\":1,", "(line 1, column 8): a '}' is missing at the end"),
                arguments("{\"f\":[1", "(line 1, column 8): a ']' is missing at the end"),
                arguments("{\"f\":1]", "(line 1, column 7): a comma or a '}' is missing before ']'"),
                arguments("{f:1}", "(line 1, column 2): a key must stand in double quotes, not 'f'"),
                arguments("{'f':1}", "(line 1, column 2): a key must stand in double quotes, not '''"),
                arguments("{\"f\":'a'}", "(line 1, column 6): ''a'' is not a JSON value"),
                arguments("{\"f\":None}", "(line 1, column 6): 'None' is not a JSON value"),
                arguments("{\"f\":01}", "(line 1, column 6): '01' is not a JSON value"),
                arguments("{\"f\":\"a\nb\"}", "(line 1, column 8): a string has U+000A in it"),
                arguments("{\"f\":\"C:\\x\"}", "(line 1, column 9): a string has a backslash in it"),
                arguments("{\"f\":\"a}", "(line 1, column 6): a string has no closing quote"),
                arguments("{\"f\":1,\"f\":2}", "(line 1, column 8): the key 'f' is given twice"),
                arguments("{\"a\":{\"f\":1,\"f\":2}}", "(line 1, column 13): the key 'f' is given twice"),
                arguments("{} {}", "(line 1, column 4): '{' follows after the end of the JSON"),
                arguments("{}\u0000", "(line 1, column 3): U+0000 follows after the end of the JSON"),
                arguments("{\"f\":" + "[".repeat(900), "it nests deeper than 64 levels"),
                arguments("{\"\\ud800\":1}", "is not valid JSON"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultOfJsonIsNamedWithItsPlace(String body, String fault) {
        var problem = server.post("/empty", body, "Content-Type", JSON).problem(400, "malformed");

        assertTrue(problem.path("detail").textValue().contains(fault), problem.toString());
    }

    @Test
    void bytesThatAreNotUtf8AreNamed() {
        byte[] latin = "{\"f\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf16 = "{}".getBytes(StandardCharsets.UTF_16);

        var place = server.send("POST", "/text", latin, "Content-Type", JSON).problem(400, "malformed");
        var name = server.send("POST", "/text", utf16, "Content-Type", JSON).problem(400, "malformed");

        assertTrue(place.path("detail").textValue().contains("(byte 7)"), place.toString());
        assertTrue(name.path("detail").textValue().contains("UTF-16"), name.toString());
    }

    @Test
    void jsonThatNestsTooDeepIsMalformed() {
        server.post("/empty", "{\"f\":" + "[".repeat(900) + "]".repeat(900) + "}", "Content-Type", JSON)
                .problem(400, "malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00c3(",
                "\u00ff",
                "\u00c0\u0080",
                "\u00ed\u00a0\u0080",
                "\u00f4\u0090\u0080\u0080",
                "\u00e5\u00a5"
            })
    void aBodyThatIsNotUtf8IsMalformed(String bytes) {
        byte[] body = ("{\"f\":\"" + bytes + "\"}").getBytes(StandardCharsets.ISO_8859_1);

        server.send("POST", "/text", body, "Content-Type", JSON).problem(400, "malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{}]", "1", "\"f\"", "null", "true"})
    void aBodyThatIsNotAnObjectIsInvalid(String body) {
        server.post("/empty", body, "Content-Type", JSON).problem(422, "invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t "})
    void anEmptyBodyHasNoFieldsWhateverItsType(String body) {
        assertEquals(
                "true",
                server.post("/empty", body, "Content-Type", "text/plain").body());
        assertEquals("true", server.post("/two", body, "Content-Type", JSON).body());
        assertEquals(200, server.post("/none", body).status());
        assertEquals("false", server.post("/empty", "{}", "Content-Type", JSON).body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json; charset=utf-8",
                "application/json;charset=\"UTF-8\"",
                "application/json; charset=US-ASCII",
                "application/json; charset = utf8",
                "application/json ; q=1"
            })
    void jsonIsKnownByItsContentType(String type) {
        assertEquals(200, server.post("/empty", "{}", "Content-Type", type).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json; charset=utf-16",
                "application/jsonp",
                "application/json, text/plain",
                "nonsense",
                "multipart/form-data"
            })
    void anotherContentTypeIsUnsupported(String type) {
        server.post("/empty", "{}", "Content-Type", type).problem(415, "unsupported_media_type");
    }

    @Test
    void aMissingContentTypeIsUnsupported() {
        server.post("/empty", "{}").problem(415, "unsupported_media_type");
    }

    @Test
    void aBodyAtTheLimitIsAcceptedAndOneByteMoreIsTooLarge() {
        String body = "{\"f\":\"" + "x".repeat(LIMIT - 8) + "\"}";

        assertEquals(200, server.post("/text", body, "Content-Type", JSON).status());
        server.post("/text", body + " ", "Content-Type", JSON).problem(413, "too_large");
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT + 1, 100_000, 3_000_000})
    void aChunkedBodyIsLimitedToo(int length) {
        HttpRequest request = HttpRequest.newBuilder(server.uri("/text"))
                .header("Content-Type", JSON)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[length])))
                .build();

        server.send(request).problem(413, "too_large");
    }

    @Test
    void aHugeContentLengthIsRefusedBeforeTheBodyIsSent() {
        server.head(
                        "POST /text HTTP/1.1",
                        "Host: a",
                        "Connection: close",
                        "Content-Type: application/json",
                        "Content-Length: 99999999999")
                .problem(413, "too_large");
    }

    @Test
    void anUnknownFieldIsNamedBesideTheKnownOnes() {
        var problem =
                server.post("/two", "{\"tiemout\":1}", "Content-Type", JSON).problem(422, "invalid");

        assertEquals("tiemout", problem.path("field").textValue());
        assertTrue(problem.path("detail").textValue().endsWith("'tiemout'. Known fields: since, timeout."));
        assertEquals(
                "x",
                server.post("/none", "{\"x\":1}", "Content-Type", JSON)
                        .problem(422, "invalid")
                        .path("field")
                        .textValue());
        assertEquals(200, server.post("/none", "{}", "Content-Type", JSON).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"\\u0000\":1}", "{\"\":1}", "{\"\\u001b[31m\":null}"})
    void anUnknownFieldIsNamedInPrintableCharacters(String body) {
        var problem = server.post("/two", body, "Content-Type", JSON).problem(422, "invalid");

        assertTrue(problem.path("detail").textValue().chars().noneMatch(Character::isISOControl));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x"})
    void aLongUnknownFieldIsCutEvenInsideACharacter(String before) {
        String name = before + "😀".repeat(480);
        var problem = server.post("/two", "{\"" + name + "\":1}", "Content-Type", JSON)
                .problem(422, "invalid");

        assertEquals(64, problem.path("field").textValue().length());
    }
}
