package seenby.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import seenby.docs.OpenApiNode;

/** Values, as JSON, that a schema does not accept. */
record BadValues(Draw draw) {
    /** The server reads whole numbers only in digits, although JSON Schema accepts 1.0. */
    static final List<String> NOT_WHOLE = List.of("1.5", "1.0", "-0.1", "1e0", "1e3", "1E-2", "1e400", "-1e-400");

    static final List<String> HUGE = List.of(
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "18446744073709551616",
            "1" + "0".repeat(400));

    private static final List<String> OTHER_TYPES =
            List.of("true", "false", "0", "1", "-0", "-1", "\"\"", "\"1\"", "\"true\"", "\" \"", "[]", "{}", "[[]]");

    private static final List<String> HALF_PAIRS = List.of("\"\\ud800\"", "\"a\\udc00\"", "\"\\ud83d x\"");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TRIES = 10_000;

    String of(OpenApiNode schema) {
        return Stream.generate(() -> candidate(schema))
                .limit(TRIES)
                .filter(json -> isBad(schema, json))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no bad value for " + schema));
    }

    private static boolean isBad(OpenApiNode schema, String json) {
        boolean number = type(schema).equals("integer") && NOT_WHOLE.contains(json);
        boolean half = HALF_PAIRS.contains(json);
        return number || half || !schema.violations(parsed(json)).isEmpty();
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private static String type(OpenApiNode schema) {
        return schema.at("type").json().asText();
    }

    private String candidate(OpenApiNode schema) {
        if (draw.oneIn(4)) {
            return draw.one(OTHER_TYPES);
        }
        return switch (type(schema)) {
            case "integer" -> integer(schema);
            case "string" -> string(schema);
            case "array" -> array(schema);
            case "object" -> object(schema);
            default -> quoted(draw.text());
        };
    }

    private String integer(OpenApiNode schema) {
        return draw.one(
                draw.one(NOT_WHOLE),
                draw.one(HUGE),
                beyond(schema.at("minimum").json(), -draw.number(1, 1000)),
                beyond(schema.at("maximum").json(), draw.number(1, 1000)),
                quoted(Integer.toString(draw.number(0, 9))));
    }

    private static String beyond(JsonNode bound, int by) {
        return new BigInteger(bound.asText("0")).add(BigInteger.valueOf(by)).toString();
    }

    private String string(OpenApiNode schema) {
        int longest = schema.at("maxLength").json().asInt(64);
        String known = schema.at("enum").json().path(0).asText("ops");
        return draw.one(
                quoted("x" + draw.text() + "x"),
                quoted(draw.word(longest + draw.number(1, 40))),
                quoted(known.toUpperCase(Locale.ROOT)),
                quoted(known + draw.text() + "x"),
                draw.one(HALF_PAIRS));
    }

    /** A list with one bad item somewhere, or with too many good ones. */
    private String array(OpenApiNode schema) {
        if (draw.oneIn(20)) {
            int most = schema.at("maxItems").json().asInt();
            return IntStream.rangeClosed(0, most)
                    .mapToObj(i -> "\"bob\"")
                    .toList()
                    .toString();
        }
        String bad = draw.oneIn(5) ? "null" : of(schema.at("items"));
        return "[" + "\"bob\",".repeat(draw.number(0, 3)) + bad + (draw.oneIn(2) ? ",\"eve\"]" : "]");
    }

    /** An object with a bad field, or one of groups, one of which has a bad id or a bad value. */
    private String object(OpenApiNode schema) {
        Map<String, OpenApiNode> fields = schema.at("properties").fields();
        if (!fields.isEmpty()) {
            String name = draw.one(List.copyOf(fields.keySet()));
            return "{" + quoted(name) + ":" + of(schema.at("properties", name)) + "}";
        }
        return draw.oneIn(2)
                ? "{\"bob\":1," + quoted("X" + draw.text()) + ":1}"
                : "{\"ops\":" + of(schema.at("additionalProperties")) + "}";
    }

    static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
