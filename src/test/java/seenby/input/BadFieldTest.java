package seenby.input;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

/** A JSON field of the wrong type or out of bounds is refused by its name, and changes nothing. */
class BadFieldTest {
    private static final List<String> NO_IDS = List.of(
            "\"\"",
            "\" \"",
            "\"New\"",
            "\"a/b\"",
            "\"..\"",
            "\".a\"",
            "\"-a\"",
            "\"_a\"",
            "\"a b\"",
            "\"a\\n\"",
            "\"a\\u0000\"",
            "\"é\"",
            "\"名\"",
            "\"{ops}\"",
            "\"\\ud800\"",
            "\"" + "a".repeat(65) + "\"",
            "1",
            "true",
            "[]",
            "{}");
    private static final List<String> NO_NAMES = List.of(
            "\"" + "a".repeat(129) + "\"",
            "\"" + "🙂".repeat(129) + "\"",
            "\"a\\nb\"",
            "\"\\u0000\"",
            "\"\\u007f\"",
            "\"a\\u0085b\"",
            "\"\\u001b[31m\"",
            "\"a\\tb\"",
            "\"Bob\\u202eecila\"",
            "\"a\\u202ab\"",
            "\"a\\u2066b\"",
            "\"a\\u2069b\"",
            "\"a" + " ".repeat(128) + "b\"",
            "\"\\udc00\"",
            "\"\\ud83d\"",
            "1",
            "[\"a\"]",
            "{}");
    private static final List<String> NO_FLAGS = List.of("\"true\"", "0", "1", "\"\"", "[]", "{}");
    private static final List<String> NO_NUMBERS =
            List.of("\"1\"", "\"\"", "1.5", "1.0", "1e3", "1e400", "true", "[]", "{}");
    private static final List<String> OUT_OF_BOUNDS = List.of(
            "-1",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "18446744073709551616",
            "1" + "0".repeat(400));
    private static final List<String> NO_LISTS_OF_IDS = List.of(
            "\"eve\"",
            "{}",
            "1",
            "[1]",
            "[null]",
            "[[]]",
            "[\"eve\",\"\"]",
            "[\"eve\",\"Eve\"]",
            "[\"eve\",\"..\"]",
            "[\"eve\",\"nobody\"]",
            "[\"eve\",\"\\ud800\"]");
    private static final List<String> NO_ACKS = List.of(
            "[]",
            "1",
            "\"ops\"",
            "{\"ops\":null}",
            "{\"ops\":\"1\"}",
            "{\"ops\":-1}",
            "{\"ops\":1.5}",
            "{\"ops\":3}",
            "{\"ops\":9223372036854775808}",
            "{\"Ops\":1}",
            "{\"\":1}",
            "{\"ops\":1,\"a/b\":1}");

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private static RefusalFixture fixture;

    @BeforeAll
    static void createData() {
        fixture = new RefusalFixture(SERVER);
        fixture.ann.post("/v1/groups", Map.of("id", "spare")).expect(201);
        fixture.ann.send("spare", "one");
        fixture.again();
    }

    @AfterEach
    void nothingWasChanged() {
        fixture.unchanged();
    }

    /** A field of a call, the rest of the body, and values that the field does not accept. */
    record Field(String request, String rest, String name, List<String> refused) {
        @Override
        public String toString() {
            return name + " of " + request;
        }

        static Field of(String request, String rest, String name, List<String> refused, String... more) {
            return new Field(
                    request,
                    rest,
                    name,
                    Stream.concat(refused.stream(), Stream.of(more)).toList());
        }
    }

    static List<Field> fields() {
        return List.of(
                Field.of("POST /v1/users", "", "id", NO_IDS, "null"),
                Field.of("POST /v1/users", "\"id\":\"new\"", "name", NO_NAMES),
                Field.of("POST /v1/users", "\"id\":\"new\"", "admin", NO_FLAGS),
                Field.of("PATCH /v1/me", "", "name", NO_NAMES),
                Field.of("PATCH /v1/me", "\"name\":\"Ann\"", "send_read_receipts", NO_FLAGS),
                Field.of("POST /v1/groups", "", "id", NO_IDS, "null"),
                Field.of("POST /v1/groups", "\"id\":\"new\"", "name", NO_NAMES),
                Field.of("POST /v1/groups", "\"id\":\"new\"", "members", NO_LISTS_OF_IDS, tenThousandAndOne()),
                Field.of("POST /v1/groups", "\"id\":\"new\"", "receipts", noPolicies()),
                Field.of("PATCH /v1/groups/ops", "", "name", NO_NAMES),
                Field.of("PATCH /v1/groups/ops", "\"name\":\"Ops\"", "receipts", noPolicies()),
                Field.of("PATCH /v1/groups/ops", "\"name\":\"Ops\"", "owner", NO_IDS, "\"eve\"", "\"nobody\""),
                Field.of("POST /v1/groups/ops/members", "", "ids", NO_LISTS_OF_IDS, "null", tenThousandAndOne()),
                Field.of("POST /v1/groups/ops/messages", "\"client_id\":\"c\"", "text", noTexts()),
                Field.of("POST /v1/groups/ops/messages", "\"text\":\"a\"", "client_id", noClientIds()),
                Field.of("POST /v1/groups/ops/ack", "", "upto", NO_NUMBERS, "null", "3"),
                Field.of("POST /v1/groups/ops/ack", "", "upto", OUT_OF_BOUNDS),
                Field.of("POST /v1/updates", "", "ack", NO_ACKS),
                Field.of("POST /v1/updates", "\"ack\":{\"ops\":1}", "since", noSinces()),
                Field.of("POST /v1/updates", "\"ack\":{\"ops\":1}", "timeout", NO_NUMBERS, "-1"),
                Field.of("POST /v1/updates", "\"ack\":{\"ops\":1}", "limit", NO_NUMBERS, "0", "1001"),
                Field.of("POST /v1/updates", "\"ack\":{\"ops\":1}", "limit", OUT_OF_BOUNDS));
    }

    private static List<String> noPolicies() {
        return List.of("\"\"", "\"Sender\"", "\"all\"", "\"off \"", "true", "0", "[]", "{}");
    }

    private static List<String> noTexts() {
        return List.of("null", "\"\"", "\" \\t\\r\\n\"", "\"a\\u0000\"", "\"\\ud83d\"", "1", "true", "[]", "{}");
    }

    private static List<String> noClientIds() {
        return List.of(
                "\"\"", "\"a\\tb\"", "\"é\"", "\"\\u007f\"", "\"\\u0000\"", "\"" + "a".repeat(129) + "\"", "1", "[]");
    }

    private static List<String> noSinces() {
        return List.of(
                "\"garbage\"",
                "\" \"",
                "\"*\"",
                "\"AAAA\"",
                "\"" + "A".repeat(100_000) + "\"",
                "\"\\ud800\"",
                "1",
                "[]");
    }

    private static String tenThousandAndOne() {
        return names(10_001);
    }

    private static String names(int count) {
        String longest = "n".repeat(58);
        List<String> names = new ArrayList<>();
        IntStream.range(100_000, 100_000 + count).forEach(i -> names.add("\"" + longest + i + "\""));
        return names.toString();
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aWrongValueIsRefusedByTheNameOfItsField(Field field) {
        for (String value : field.refused()) {
            String rest = field.rest().isEmpty() ? "" : field.rest() + ",";
            String body = "{" + rest + "\"" + field.name() + "\":" + value + "}";

            Answer answer = fixture.call(fixture.ann, field.request(), body);

            RefusalFixture.refused(answer, 422, field.name());
            assertTrue(answer.json().get("detail").asText().length() <= 1000, "no novel is sent back");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v1/users id",
                "POST /v1/groups id",
                "POST /v1/groups/ops/members ids",
                "POST /v1/groups/ops/messages text",
                "POST /v1/groups/ops/ack upto"
            })
    void aMissingRequiredFieldIsNamed(String call) {
        String request = call.substring(0, call.lastIndexOf(' '));
        String field = call.substring(call.lastIndexOf(' ') + 1);

        RefusalFixture.refused(fixture.call(fixture.ann, request, "{}"), 422, field);
        RefusalFixture.refused(fixture.call(fixture.ann, request, ""), 422, field);
        RefusalFixture.refused(fixture.call(fixture.ann, request, " \r\n"), 422, field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v1/users {'id':'%s','name':null,'admin':null}",
                "PATCH /v1/me {'name':null,'send_read_receipts':null}",
                "POST /v1/groups {'id':'%s','name':null,'members':null,'receipts':null}",
                "PATCH /v1/groups/ops {'name':null,'receipts':null,'owner':null}",
                "POST /v1/groups/spare/messages {'text':'%s','client_id':null}",
                "POST /v1/updates {'since':null,'ack':null,'timeout':null,'limit':null}",
                "POST /v1/updates {'since':''}",
                "POST /v1/updates",
                "PATCH /v1/me",
                "PATCH /v1/groups/ops"
            })
    void anOptionalFieldMayBeNullOrAbsent(String call) {
        String[] words = call.split(" ", 3);
        String body = words.length == 3 ? words[2].replace('\'', '"').formatted("x" + System.nanoTime()) : "";

        Answer answer = fixture.call(fixture.ann, words[0] + " " + words[1], body);

        assertTrue(answer.status() == 200 || answer.status() == 201, answer.toString());
        fixture.again();
    }

    @Test
    void tenThousandMembersAtOnceAreLookedUp() {
        for (String request : List.of("POST /v1/groups/ops/members", "POST /v1/groups")) {
            String field = request.endsWith("members") ? "ids" : "members";
            String id = request.endsWith("members") ? "" : "\"id\":\"new\",";

            Answer answer = fixture.call(fixture.ann, request, "{" + id + "\"" + field + "\":" + names(10_000) + "}");

            RefusalFixture.refused(answer, 422, field);
            assertTrue(answer.json().get("detail").asText().contains("n100000"), answer.toString());
        }
    }

    @Test
    void uptoMayNotBeGivenTwiceEvenWithTheSameValue() {
        RefusalFixture.refused(
                fixture.call(fixture.ann, "POST /v1/groups/ops/ack?upto=1", "{\"upto\":1}"), 422, "upto");
    }

    @Test
    void oneWrongAckAmongSeveralAcksNothing() {
        String body = "{\"ack\":{\"spare\":%d,\"nowhere\":1,\"ops\":%d}}";

        RefusalFixture.refused(fixture.call(fixture.bob, "POST /v1/updates", body.formatted(1, 3)), 422, "ack");
        RefusalFixture.refused(fixture.call(fixture.ann, "POST /v1/updates", body.formatted(1_000, 2)), 422, "ack");
    }
}
