package seenby.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import seenby.support.ApiClient.Answer;
import seenby.support.RefusalFixture;
import seenby.support.RunningServer;

/** A body that cannot be read is refused by every call that reads one, and changes nothing. */
class BadBodyTest {
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

    static Stream<Endpoint> thoseThatReadABody() {
        return Arrays.stream(Endpoint.values()).filter(Endpoint::readsBody);
    }

    @ParameterizedTest
    @MethodSource("thoseThatReadABody")
    void aBodyThatIsNotJsonIsMalformed(Endpoint endpoint) {
        for (String body : List.of(
                "nonsense",
                "{",
                "}",
                "{\"text\":",
                "{\"text\":\"a}",
                "{\"text\":\"a\",}",
                "{'text':'a'}",
                "{text:1}",
                "{\"text\":\"a\"} x",
                "{}{}",
                "{\"text\":\"a\nb\"}",
                "{\"text\":\"\\x\"}",
                "{\"text\":\"\\u12\"}",
                "{\"\\ud800\":1}",
                "{\"upto\":01}",
                "{\"upto\":+1}",
                "{\"upto\":NaN}",
                "{\"upto\":.5}",
                "{/**/}",
                "\ufeff{}",
                "{}\u0000",
                "\u00a0",
                "{\"a\":".repeat(500) + "1" + "}".repeat(500),
                "[".repeat(5000))) {
            RefusalFixture.refused(fixture.call(fixture.ann, endpoint.request, body), 400, "");
        }
    }

    @ParameterizedTest
    @MethodSource("thoseThatReadABody")
    void aBodyThatIsNotUtf8IsMalformed(Endpoint endpoint) {
        for (String body : List.of(
                "{\"text\":\"\u00ff\"}",
                "{\"text\":\"\u00e9\"}",
                "{\"text\":\"\u00c0\u0080\"}",
                "{\"text\":\"\u00ed\u00a0\u0080\"}",
                "{\"text\":\"\u00f4\u0090\u0080\u0080\"}",
                "{\"text\":\"\u00f0\u009f\u0099\"}")) {
            RefusalFixture.refused(
                    fixture.call(fixture.ann, endpoint.request, RefusalFixture.JSON, body.getBytes(ISO_8859_1)),
                    400,
                    "");
        }
        RefusalFixture.refused(
                fixture.call(fixture.ann, endpoint.request, RefusalFixture.JSON, "{}".getBytes(UTF_16)), 400, "");
    }

    @ParameterizedTest
    @MethodSource("thoseThatReadABody")
    void aKeyGivenTwiceIsMalformed(Endpoint endpoint) {
        RefusalFixture.refused(
                fixture.call(fixture.ann, endpoint.request, "{\"text\":\"a\",\"text\":\"b\",\"upto\":1,\"upto\":1}"),
                400,
                "");
    }

    @ParameterizedTest
    @MethodSource("thoseThatReadABody")
    void aBodyThatIsNotAnObjectIsInvalid(Endpoint endpoint) {
        for (String body : List.of("[]", "[{}]", "\"text\"", "1", "true", "null")) {
            RefusalFixture.refused(fixture.call(fixture.ann, endpoint.request, body), 422, "");
        }
    }

    @ParameterizedTest
    @MethodSource("thoseThatReadABody")
    void anUnknownFieldIsNamed(Endpoint endpoint) {
        for (String field : List.of("tiemout", "Text", "", " id", "id.x", "__proto__", "名")) {
            String rest = endpoint.json.isEmpty() ? "}" : "," + endpoint.json.substring(1);
            String body = "{\"" + field + "\":null" + rest;
            RefusalFixture.refused(fixture.call(fixture.ann, endpoint.request, body), 422, field);
        }
    }

    private static byte[] example(Endpoint endpoint) {
        return (endpoint.json.isEmpty() ? "{}" : endpoint.json).getBytes(UTF_8);
    }

    @ParameterizedTest
    @MethodSource("thoseThatReadABody")
    void aTypeThatIsNotReadIsNamed(Endpoint endpoint) {
        Stream<String> texts = Stream.of("text/plain", "application/x-www-form-urlencoded");
        Stream<String> others = Stream.of("application/xml", "text/json", "application/x+json", "json", "/");
        Stream<String> types = endpoint == Endpoint.SEND ? others : Stream.concat(texts, others);

        types.forEach(type -> assertNamed(type, fixture.call(fixture.ann, endpoint.request, type, example(endpoint))));
    }

    @ParameterizedTest
    @MethodSource("thoseThatReadABody")
    void aCharsetThatIsNotReadIsNamed(Endpoint endpoint) {
        for (String charset : List.of("utf-16", "\"latin1\"", "nonsense", "!", "\"\"")) {
            for (String type : List.of("application/json; charset=", "application/json;x=y; Charset = ")) {
                Answer answer = fixture.call(fixture.ann, endpoint.request, type + charset, example(endpoint));
                assertNamed("charset", answer);
                assertNamed(charset.replace("\"", ""), answer);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("thoseThatReadABody")
    void anEncodingThatIsNotReadIsNamed(Endpoint endpoint) {
        for (String encoding : List.of("gzip", "identity, br", "deflate")) {
            Answer answer = fixture.ann.call(
                    endpoint.method(),
                    endpoint.path(),
                    BodyPublishers.ofByteArray(example(endpoint)),
                    Map.of("Content-Type", RefusalFixture.JSON, "Content-Encoding", encoding));
            assertNamed("Content-Encoding", answer);
            assertNamed(encoding.replace("identity, ", ""), answer);
        }
    }

    private static void assertNamed(String name, Answer answer) {
        RefusalFixture.refused(answer, 415, "");
        assertTrue(answer.json().get("detail").asText().contains(name), answer.toString());
    }

    @ParameterizedTest
    @MethodSource("thoseThatReadABody")
    void aHugeBodyIsTooLarge(Endpoint endpoint) {
        String body = "{\"text\":\"" + "a".repeat(1_100_000) + "\"}";

        RefusalFixture.refused(fixture.call(fixture.ann, endpoint.request, body), 413, "");
    }

    @ParameterizedTest
    @EnumSource(Endpoint.class)
    void aBodyThatTheCallDoesNotReadChangesNothing(Endpoint endpoint) {
        if (endpoint.method().equals("GET")) {
            for (String body : List.of("nonsense", "{\"upto\":2,\"id\":\"x\"}", "\u0000", "a".repeat(100_000))) {
                fixture.call(fixture.ann, endpoint.request, body).expect(200);
            }
        }
    }
}
