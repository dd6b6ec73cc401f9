package seenby.request;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.server.Request;
import seenby.json.Json;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;

/**
 * The JSON object in the body of a request, read strictly. A field that is unknown, of another type or out of bounds is
 * refused by its name.
 */
public final class Body {
    private final ObjectNode json;
    private final boolean empty;

    private Body(ObjectNode json, boolean empty) {
        this.json = json;
        this.empty = empty;
    }

    /**
     * Reads a body with these fields. Any other field is refused. An empty body, or one of white space, has no fields,
     * whatever its content type.
     */
    public static Body of(Context ctx, int limitBytes, String... fields) {
        return of(Content.read(ctx, limitBytes, ContentType.of(ctx)::requireJson), fields);
    }

    /** Does the same for a request that does not reach Javalin. */
    public static Body of(Request request, int limitBytes, String... fields) {
        return of(Content.read(request, limitBytes, ContentType.of(request)::requireJson), fields);
    }

    private static Body of(byte[] bytes, String... fields) {
        if (bytes.length == 0) {
            return new Body(JsonNodeFactory.instance.objectNode(), true);
        }
        JsonNode json = parse(Content.utf8(bytes));
        if (json instanceof ObjectNode object) {
            refuseUnknown(object, List.of(fields));
            return new Body(object, false);
        }
        throw new Refused(Refusal.INVALID, "The body must be a JSON object: {…}. It is " + kind(json) + ".");
    }

    /** For a call without fields: its body must be empty, or an empty object. */
    public static void none(Context ctx) {
        of(ctx, Bounds.SMALL_BODY_BYTES);
    }

    private static void refuseUnknown(ObjectNode json, List<String> known) {
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw Refused.invalid(name, "Unknown field '" + name + "'. " + takes(known));
            }
        });
    }

    private static String takes(List<String> known) {
        return known.isEmpty() ? "This call takes no fields." : "Known fields: " + String.join(", ", known) + ".";
    }

    /** Whether the request came without a body. */
    public boolean isEmpty() {
        return empty;
    }

    /** The text of a required field. */
    public String text(String field) {
        return optionalText(field).orElseThrow(() -> wrong(field, "a string, and is required"));
    }

    /** The text of an optional field. */
    public Optional<String> optionalText(String field) {
        return given(field).map(value -> text(field, field, value));
    }

    /** An optional field that is true or false. */
    public Optional<Boolean> optionalFlag(String field) {
        return given(field).map(value -> {
            if (!value.isBoolean()) {
                throw wrong(field, "true or false");
            }
            return value.booleanValue();
        });
    }

    /** A required field that is true or false. */
    public boolean flag(String field) {
        return optionalFlag(field).orElseThrow(() -> wrong(field, "true or false, and is required"));
    }

    /** The number of a required field. */
    public long number(String field, long min, long max) {
        return optionalNumber(field, min, max).orElseThrow(() -> wrong(field, wholeNumber(min, max)));
    }

    /** The number of an optional field. */
    public Optional<Long> optionalNumber(String field, long min, long max) {
        return given(field).map(value -> number(field, field, value, min, max));
    }

    /** An optional list of strings. */
    public Optional<List<String>> optionalTexts(String field) {
        return given(field).map(value -> {
            if (!value.isArray()) {
                throw wrong(field, "a list of strings");
            }
            List<String> texts = new ArrayList<>(value.size());
            for (JsonNode element : value) {
                texts.add(text(field, field + "[" + texts.size() + "]", element));
            }
            return List.copyOf(texts);
        });
    }

    /**
     * A required list of objects with these fields.
     *
     * @param most how many there may be; one at least
     */
    public <T> List<T> objects(String field, int most, List<String> fields, Function<Body, T> reader) {
        JsonNode list = given(field)
                .filter(value -> value.isArray() && !value.isEmpty() && value.size() <= most)
                .orElseThrow(() -> wrong(field, "a list of 1 to " + most + " objects, and is required"));
        List<T> results = new ArrayList<>(list.size());
        for (JsonNode element : list) {
            try {
                results.add(reader.apply(element(element, fields)));
            } catch (Refused refused) {
                throw refused.within(field + "[" + results.size() + "]");
            }
        }
        return results;
    }

    private static Body element(JsonNode json, List<String> fields) {
        if (json instanceof ObjectNode object) {
            refuseUnknown(object, fields);
            return new Body(object, false);
        }
        throw new Refused(Refusal.INVALID, "It must be a JSON object: {…}. It is " + kind(json) + ".");
    }

    /** An optional object of whole numbers, in the order given. */
    public Optional<Map<String, Long>> optionalNumbers(String field, long min, long max) {
        return given(field).map(value -> {
            if (!value.isObject()) {
                throw wrong(field, "an object of whole numbers");
            }
            Map<String, Long> numbers = new LinkedHashMap<>();
            value.properties().forEach(entry -> {
                String name = entry.getKey();
                numbers.put(name, number(field, field + "." + name, entry.getValue(), min, max));
            });
            return numbers;
        });
    }

    private Optional<JsonNode> given(String field) {
        return Optional.ofNullable(json.get(field)).filter(value -> !value.isNull());
    }

    private static String text(String field, String name, JsonNode value) {
        if (!value.isTextual()) {
            throw Refused.invalid(field, "'" + name + "' must be a string.");
        }
        return wellFormed(field, name, value.textValue());
    }

    // JSON can escape half of a surrogate pair ("\ud800"). UTF-8 has no bytes for it, so it could not be stored
    private static String wellFormed(String field, String name, String text) {
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw Refused.invalid(field, "'" + name + "' contains half of a surrogate pair. Send whole characters.");
        }
        return text;
    }

    /** An optional whole number of at least min; a number above max counts as max. */
    public Optional<Long> optionalClamped(String field, long min, long max) {
        return given(field).map(value -> {
            BigInteger number = value.isIntegralNumber() ? value.bigIntegerValue() : BigInteger.valueOf(min - 1);
            if (number.compareTo(BigInteger.valueOf(min)) < 0) {
                throw Bounds.tooSmall(field, min, max);
            }
            return number.min(BigInteger.valueOf(max)).longValue();
        });
    }

    private static long number(String field, String name, JsonNode value, long min, long max) {
        boolean fits = value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= min
                && value.longValue() <= max;
        if (!fits) {
            throw Refused.invalid(field, "'" + name + "' must be " + wholeNumber(min, max) + ".");
        }
        return value.longValue();
    }

    private static String wholeNumber(long min, long max) {
        return "a whole number from " + min + " to " + max;
    }

    private static Refused wrong(String field, String expected) {
        return Refused.invalid(field, "'" + field + "' must be " + expected + ".");
    }

    private static String kind(JsonNode json) {
        return switch (json.getNodeType()) {
            case ARRAY -> "a list";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            default -> "null";
        };
    }

    private static JsonNode parse(String text) {
        try {
            return Json.read(text);
        } catch (JsonProcessingException e) {
            throw new Refused(Refusal.MALFORMED, JsonFault.in(text).orElseGet(() -> where(e)));
        }
    }

    // the parser's message would repeat parts of the body
    private static String where(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        return "The body is not valid JSON" + where + ". Send one object, and each key once.";
    }
}
