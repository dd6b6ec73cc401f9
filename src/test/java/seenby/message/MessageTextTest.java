package seenby.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
    private static final String SEND = "POST /v1/groups/ops/messages";
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
                "\u001c\u001f"
            })
    void aTextOfAnyWhiteSpaceIsRefused(String text) {
        RefusalFixture.refused(fixture.call(fixture.ann, SEND, json(escaped(text))), 422, "text");
        RefusalFixture.refused(plain(text), 422, "text");
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
                "\u200b",
                "\ufeff",
                "\u202e",
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
                "application/x-www-form-urlencoded",
                "application/octet-stream",
                "text/plain; charset=UTF-8",
                "application/jsonp",
                "nonsense",
                ";"
            })
    void whateverIsNotJsonByItsTypeIsTheTextItself(String type) {
        String text = "deploy=done&x=%41+b";

        assertStored(text, fixture.call(fixture.ann, SEND, type, text.getBytes(UTF_8)));
    }

    @Test
    void anInvalidIdempotencyKeyIsReportedAsClientId() {
        for (String key : List.of("a".repeat(129), "a\tb")) {
            Answer answer = fixture.ann.call(
                    "POST",
                    "/v1/groups/ops/messages",
                    BodyPublishers.ofString("text"),
                    Map.of("Idempotency-Key", key, "Content-Type", "text/plain"));
            RefusalFixture.refused(answer, 422, "client_id");
        }
    }
}
