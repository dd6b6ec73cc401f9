package seenby.request;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seenby.json.Json;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;

/** A JSON object that a client sent, read strictly: what is misspelt, of another type or out of bounds is refused by name. */
public final class Body {
    private final ObjectNode json;
    private final boolean empty;

    private Body(ObjectNode json, boolean empty) {
        this.json = json;
        this.empty = empty;
    }

    /** Reads the request's body. An empty one, or one of white space, is no body, whatever its type: it has no fields. */
    public static Body of(Context ctx, int limitBytes) {
        byte[] bytes = Content.read(ctx, limitBytes);
        if (isBlank(bytes)) {
            return new Body(JsonNodeFactory.instance.objectNode(), true);
        }
        if (!Content.isJson(ctx) || !Content.isUtf8(ctx)) {
            throw new Refused(Refusal.UNSUPPORTED_MEDIA_TYPE);
        }
        if (parse(Content.utf8(bytes)) instanceof ObjectNode object) {
            return new Body(object, false);
        }
        throw new Refused(Refusal.INVALID, "The body takes a JSON object: {…}.");
    }

    /** Whether the request came without a body. */
    public boolean isEmpty() {
        return empty;
    }

    /** Refuses every field but these. */
    public Body only(String... fields) {
        List<String> known = List.of(fields);
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw Refused.invalid(name, "There is no field '" + name + "' here; " + knownAre(known));
            }
        });
        return this;
    }

    /** The text of a field that must be there. */
    public String text(String field) {
        return optionalText(field).orElseThrow(() -> wrong(field, "a string, and can't be left out"));
    }

    /** The text of a field that may be left out. */
    public Optional<String> optionalText(String field) {
        return given(field).map(value -> text(field, value));
    }

    /** A field that is true, false or left out. */
    public Optional<Boolean> optionalFlag(String field) {
        return given(field).map(value -> {
            if (!value.isBoolean()) {
                throw wrong(field, "true or false");
            }
            return value.booleanValue();
        });
    }

    /** The number of a field that must be there. */
    public long number(String field, long min, long max) {
        return optionalNumber(field, min, max).orElseThrow(() -> wrong(field, wholeNumber(min, max)));
    }

    /** The number of a field that may be left out. */
    public Optional<Long> optionalNumber(String field, long min, long max) {
        return given(field).map(value -> number(field, field, value, min, max));
    }

    /** A list of strings, or nothing where it is left out. */
    public Optional<List<String>> optionalTexts(String field) {
        return given(field).map(value -> {
            if (!value.isArray()) {
                throw wrong(field, "a list of strings");
            }
            List<String> texts = new ArrayList<>(value.size());
            value.forEach(element -> texts.add(text(field, element)));
            return List.copyOf(texts);
        });
    }

    /** An object of numbers by name, in the order given, or nothing where it is left out. */
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

    private static String text(String field, JsonNode value) {
        if (!value.isTextual()) {
            throw wrong(field, value.isContainerNode() ? "strings, not lists or objects" : "strings only");
        }
        return wellFormed(field, value.textValue());
    }

    // JSON can spell half a character ("\ud800"), which UTF-8 has no bytes for: it could not be stored nor answered
    private static String wellFormed(String field, String text) {
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw Refused.invalid(field, "'" + field + "' holds half of a surrogate pair, which is no character.");
        }
        return text;
    }

    /** A whole number of any size; one above the greatest is taken for that. */
    public Optional<Long> optionalClamped(String field, long min, long max) {
        return given(field).map(value -> {
            boolean above = value.isBigInteger() && value.bigIntegerValue().signum() > 0;
            return above ? max : Math.min(max, number(field, field, value, min, Long.MAX_VALUE));
        });
    }

    private static long number(String field, String name, JsonNode value, long min, long max) {
        boolean fits = value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= min
                && value.longValue() <= max;
        if (!fits) {
            throw Refused.invalid(field, "'" + name + "' takes " + wholeNumber(min, max) + ".");
        }
        return value.longValue();
    }

    private static String wholeNumber(long min, long max) {
        return "a whole number from " + min + " to " + max;
    }

    private static Refused wrong(String field, String takes) {
        return Refused.invalid(field, "'" + field + "' takes " + takes + ".");
    }

    private static String knownAre(List<String> known) {
        return known.isEmpty() ? "this call takes none." : "known are " + String.join(", ", known) + ".";
    }

    private static JsonNode parse(String text) {
        try {
            return Json.read(text);
        } catch (JsonProcessingException e) {
            // the parser's own words would repeat parts of the body
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            throw new Refused(
                    Refusal.MALFORMED,
                    "The body is not one JSON value with each key once and all in bounds" + where + ".");
        }
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
