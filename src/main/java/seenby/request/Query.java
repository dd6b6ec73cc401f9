package seenby.request;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;

/** A request's query, read strictly, each parameter once; an empty value counts as left out. */
public final class Query {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    /** Decodes the query by ourselves: servlets replace what is not UTF-8, and mix in what a form's body holds. */
    public static Query of(Context ctx) {
        Map<String, String> values = new LinkedHashMap<>();
        String raw = Optional.ofNullable(ctx.req().getQueryString()).orElse("");
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                String name = decode(parts[0]);
                if (values.put(name, parts.length == 2 ? decode(parts[1]) : "") != null) {
                    throw Refused.invalid(name, "'" + name + "' stands in the query more than once.");
                }
            }
        }
        return new Query(values);
    }

    /** Refuses every parameter but these. */
    public Query only(String... names) {
        List<String> known = List.of(names);
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                String rest = known.isEmpty() ? "this call takes none." : "known are " + String.join(", ", known) + ".";
                throw Refused.invalid(name, "There is no query parameter '" + name + "' here; " + rest);
            }
        }
        return this;
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /** A number within its bounds. */
    public Optional<Long> number(String name, long min, long max) {
        return text(name).map(value -> {
            long number = wholeNumber(name, value, min, max);
            if (number < min || number > max) {
                throw outOfBounds(name, min, max);
            }
            return number;
        });
    }

    /** A number of which more than the most is taken as the most. */
    public Optional<Long> clamped(String name, long min, long max) {
        return text(name).map(value -> {
            long number = wholeNumber(name, value, min, max);
            if (number < min) {
                throw outOfBounds(name, min, max);
            }
            return Math.min(number, max);
        });
    }

    /** True where it says so; left out, it is false. */
    public boolean flag(String name) {
        return text(name)
                .map(value -> switch (value) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw Refused.invalid(name, "'" + name + "' takes true or false.");
                })
                .orElse(false);
    }

    private static long wholeNumber(String name, String value, long min, long max) {
        if (!INTEGER.matcher(value).matches()) {
            if (DECIMAL.matcher(value).matches()) {
                throw outOfBounds(name, min, max);
            }
            throw new Refused(Refusal.MALFORMED, "The query parameter '" + name + "' takes a whole number.");
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            // all digits, and still none: beyond what fits, at the end that its sign says
            return value.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static Refused outOfBounds(String name, long min, long max) {
        return Refused.invalid(name, "'" + name + "' takes a whole number from " + min + " to " + max + ".");
    }

    private static String decode(String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.write(16 * hexDigit(raw, i + 1) + hexDigit(raw, i + 2));
                i += 2;
            } else if (c > '~' || c <= ' ') {
                throw malformed();
            } else {
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        return utf8(bytes.toByteArray());
    }

    private static int hexDigit(String raw, int at) {
        int digit = at < raw.length() && raw.charAt(at) <= 'f' ? Character.digit(raw.charAt(at), 16) : -1;
        if (digit < 0) {
            throw malformed();
        }
        return digit;
    }

    private static String utf8(byte[] bytes) {
        return Content.decode(bytes).orElseThrow(Query::malformed);
    }

    private static Refused malformed() {
        return new Refused(Refusal.MALFORMED, "The query is not percent-encoded UTF-8.");
    }
}
