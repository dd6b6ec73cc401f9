package seenby.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.support.ApiClient.Answer;
import seenby.support.RefusalFixture;
import seenby.support.RunningServer;

/** Which message texts are accepted, and in which encodings. */
class MessageTextTest {
    private static final String PATH = "/v1/groups/ops/messages";
    private static final String SEND = "POST " + PATH;
    private static final int MAX_BYTES = 16_384;

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private static RefusalFixture fixture;

    @BeforeAll
    static void createFixture() {
        fixture = new RefusalFixture(SERVER);
    }

    @AfterEach
    void assertUnchanged() {
        fixture.unchanged();
    }

    private static String json(String text) {
        return "{\"text\":\"" + text + "\"}";
    }

    /** Each UTF-16 code unit as a JSON escape. */
    private static String escaped(String text) {
        return text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
    }

    private static Answer plain(String text) {
        return fixture.call(fixture.ann, SEND, "text/plain; charset=utf-8", text.getBytes(UTF_8));
    }

    private void assertStored(String text, Answer answer) {
        JsonNode sent = answer.expect(201).json();
        assertEquals(text, sent.get("text").asText());
        JsonNode stored = fixture.bob
                .get("/v1/groups/ops/messages/" + sent.get("id").asLong())
                .expect(200)
                .json();
        assertEquals(text, stored.get("text").asText());
        fixture.again();
    }

    static Stream<String> longestTexts() {
        return Stream.of(
                "a".repeat(MAX_BYTES),
                "é".repeat(MAX_BYTES / 2),
                "🙂".repeat(MAX_BYTES / 4),
                "\n" + "a".repeat(16_383));
    }

    @ParameterizedTest
    @MethodSource("longestTexts")
    void aTextOfMaximalSizeIsStoredInEveryEncoding(String text) {
        assertStored(text, fixture.call(fixture.ann, SEND, json(text.replace("\n", "\\n"))));
        assertStored(text, fixture.call(fixture.ann, SEND, json(escaped(text))));
        assertStored(text, plain(text));
    }

    @ParameterizedTest
    @MethodSource("longestTexts")
    void oneByteMoreIsTooLargeInEveryEncoding(String longest) {
        String text = longest + "b";

        RefusalFixture.refused(fixture.call(fixture.ann, SEND, json(text.replace("\n", "\\n"))), 413, "");
        RefusalFixture.refused(fixture.call(fixture.ann, SEND, json(escaped(text))), 413, "");
        RefusalFixture.refused(plain(text), 413, "");
    }

    @Test
    void muchLargerTextsAreTooLargeToo() {
        for (int bytes : List.of(100_000, 1_000_000, 3_000_000)) {
            RefusalFixture.refused(fixture.call(fixture.ann, SEND, json("a".repeat(bytes))), 413, "");
            RefusalFixture.refused(plain("a".repeat(bytes)), 413, "");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\t\r\n\u000b\f",
                "\u0085",
                "\u00a0",
                "\u1680",
                "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a",
                "\u2028\u2029",
                "\u202f",
                "\u205f",
                "\u3000\u3000",
                "\u001c\u001f",
                "\u200b",
                "\ufeff",
                "\u00ad\u034f\u061c",
                "\u115f\u1160\u3164\uffa0",
                "\u17b4\u17b5\u180b\u180e\u180f",
                "\u200c\u200d\u200e\u200f\u202a\u202e",
                "\u2060\u2065\u206f",
                "\u2800",
                "\ufe00\ufe0f\ufff0\ufff8\ufff9",
                "\ud834\udd73\ud82f\udca0",
                "\udb40\udc00\udb40\udc41\udb40\udd00\udb43\udfff",
                " \u2060\n\u2800\u3164\t"
            })
    void aTextThatShowsNothingIsRefused(String text) {
        RefusalFixture.refused(fixture.call(fixture.ann, SEND, json(escaped(text))), 422, "text");
        for (String type : List.of("text/plain", "text/markdown", "application/octet-stream")) {
            RefusalFixture.refused(fixture.call(fixture.ann, SEND, type, text.getBytes(UTF_8)), 422, "text");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u0000", "\u0000a", "a\u0000b", " \u0000 "})
    void aTextWithANulCharacterIsRefused(String text) {
        RefusalFixture.refused(fixture.call(fixture.ann, SEND, json(escaped(text))), 422, "text");
        RefusalFixture.refused(plain(text), 422, "text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\ud83d", "\\ude42", "a\\ud83d b", "\\ude42\\ud83d", "\\ud83d\\ud83d\\ude42", "\\uDBFF\\u0041"})
    void aTextWithALoneSurrogateIsRefused(String escapes) {
        RefusalFixture.refused(fixture.call(fixture.ann, SEND, json(escapes)), 422, "text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00ff",
                "a\u0080",
                "\u00c0\u00af",
                "\u00ed\u00a0\u0080",
                "\u00f0\u009f\u0099",
                "\u00f4\u0090\u0080\u0080"
            })
    void aTextThatIsNotUtf8IsMalformed(String bytes) {
        RefusalFixture.refused(fixture.call(fixture.ann, SEND, "text/plain", bytes.getBytes(ISO_8859_1)), 400, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                " a ",
                "\u0001\u001b[31m\u007f",
                "\u200bx",
                "x\ufeff",
                "\u200f.",
                "سلام\u200cها",
                "\u2800\u2801",
                "\u20e3\ufe0f",
                "e\u0301",
                "\uffff",
                "\udbff\udfff",
                "👩‍👩‍👧‍👦",
                "<script>&amp;</script>",
                "{\"text\":1}",
                "%00",
                "\\u0000"
            })
    void anyOtherTextIsStoredAsItIs(String text) {
        assertStored(text, fixture.call(fixture.ann, SEND, json(escaped(text))));
        assertStored(text, plain(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "Text/Markdown",
                "application/x-www-form-urlencoded",
                "application/octet-stream",
                "",
                ";",
                "text/plain; charset=UTF-8",
                "text/plain;charset=\"utf-8\"; format=flowed",
                "text/plain; charset=us-ascii",
                "text/plain; Charset=utf8",
                "text/plain; x=\"; charset=latin1\"",
                "application/x-www-form-urlencoded;charset=UTF-8"
            })
    void aBodyWithTheTypeOfATextIsTheTextAsItStands(String type) {
        for (String text : List.of("deploy=done&x=%41+b", "{not json", "{\"no text\": 1}", "[{\"text\":\"a\"}]", "1")) {
            assertStored(text, fixture.call(fixture.ann, SEND, type, text.getBytes(UTF_8)));
        }
    }

    @Test
    void aBodyWithoutATypeIsTheTextAsItStands() {
        assertStored("done", fixture.ann.call("POST", PATH, BodyPublishers.ofString("done"), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data; boundary=x",
                "text/json",
                "application/vnd.api+json",
                "application/problem+json",
                "text/html",
                "text/html; charset=utf-8",
                "text/plain2",
                "application/jsonp",
                "application/xml",
                "application/json, text/plain",
                "nonsense",
                "/"
            })
    void anyOtherTypeIsNoText(String type) {
        for (String body : List.of("hello", "{\"text\":\"hello\"}", "a".repeat(300_000))) {
            Answer answer = fixture.call(fixture.ann, SEND, type, body.getBytes(UTF_8));

            RefusalFixture.refused(answer, 415, "");
            String named = type.split(";", 2)[0];
            assertTrue(answer.json().get("detail").asText().contains("'" + named + "'"), answer.toString());
        }
    }

    static Stream<Map<String, String>> typesThatNobodyChose() {
        return Stream.of(
                Map.of(),
                Map.of("Content-Type", ""),
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                Map.of("Content-Type", "application/octet-stream"));
    }

    @ParameterizedTest
    @MethodSource("typesThatNobodyChose")
    void jsonWithATextInItNeedsTheTypeOfJson(Map<String, String> headers) {
        for (String body : List.of(
                "{\"text\":\"hi\",\"client_id\":\"1\"}",
                " {\"x\":1,\n\"text\":\"hi\"}\n",
                "{\"text\":1}",
                "{\"text\":null}",
                "{\"text\":\"a\",\"text\":\"b\"}",
                "\ufeff{\"text\":\"hi\"}",
                json(escaped("a".repeat(MAX_BYTES))))) {
            Answer answer = fixture.ann.call("POST", PATH, BodyPublishers.ofString(body), headers);

            RefusalFixture.refused(answer, 422, "");
            assertTrue(answer.json().get("detail").asText().contains("Content-Type"), answer.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/markdown"})
    void aChosenTypeOfATextMayHoldJson(String type) {
        String text = "{\"text\":\"hi\"}";

        assertStored(text, fixture.call(fixture.ann, SEND, type, text.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \r\n"})
    void anEmptyBodyIsNoTextWhateverItsType(String body) {
        for (String type : List.of("text/plain", "multipart/form-data", "application/json", "text/html; charset=x")) {
            Answer answer = fixture.ann.call(
                    "POST",
                    PATH,
                    BodyPublishers.ofString(body),
                    Map.of("Content-Type", type, "Content-Encoding", "gzip"));

            RefusalFixture.refused(answer, 422, "text");
        }
    }

    @Test
    void anInvalidIdempotencyKeyIsReportedAsClientId() {
        for (String key : List.of("a".repeat(129), "a\tb")) {
            Answer answer = fixture.ann.call(
                    "POST",
                    PATH,
                    BodyPublishers.ofString("text"),
                    Map.of("Idempotency-Key", key, "Content-Type", "text/plain"));
            RefusalFixture.refused(answer, 422, "client_id");
        }
    }
}
