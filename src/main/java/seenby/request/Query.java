package seenby.request;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;

/** The query parameters of a request, read strictly. An empty value counts as absent. */
public final class Query {
    private static final String ATTRIBUTE = "seenby.query";
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    private final Map<String, String> values;
    private final List<String> declared;

    private Query(Map<String, String> values, List<String> declared) {
        this.values = values;
        this.declared = declared;
    }

    /** The query of a request that its route has checked. */
    public static Query of(Context ctx) {
        return Optional.<Query>ofNullable(ctx.attribute(ATTRIBUTE)).orElseThrow();
    }

    /** Reads the query for the handler. Refuses a parameter that is not declared, and one given twice. */
    static void check(Context ctx, List<String> declared) {
        ctx.attribute(
                ATTRIBUTE, parse(Optional.ofNullable(ctx.req().getQueryString()).orElse(""), declared));
    }

    /** Reads a query as it is in the URL. Refuses a parameter that is not declared, and one given twice. */
    public static Query parse(String raw, List<String> declared) {
        Map<String, String> values = values(raw);
        for (String name : values.keySet()) {
            if (!declared.contains(name)) {
                throw Refused.invalid(name, "Unknown query parameter '" + name + "'. " + takes(declared));
            }
        }
        return new Query(values, declared);
    }

    private static String takes(List<String> declared) {
        return declared.isEmpty()
                ? "This call takes no parameters."
                : "Known parameters: " + String.join(", ", declared) + ".";
    }

    // servlets would replace bytes that are not UTF-8, and add the parameters of a form in the body
    private static Map<String, String> values(String raw) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                String name = decode(parts[0]);
                if (values.put(name, parts.length == 2 ? decode(parts[1]) : "") != null) {
                    throw Refused.invalid(
                            name, "The query parameter '" + name + "' is given more than once. Give it once.");
                }
            }
        }
        return values;
    }

    /** The value of a parameter. A parameter that the route does not declare is a mistake in the handler. */
    public Optional<String> text(String name) {
        if (!declared.contains(name)) {
            throw new IllegalArgumentException("the route does not declare the query parameter '" + name + "'");
        }
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /** A whole number from min to max. */
    public Optional<Long> number(String name, long min, long max) {
        return text(name).map(value -> {
            long number = wholeNumber(name, value, () -> outOfBounds(name, min, max));
            if (number < min || number > max) {
                throw outOfBounds(name, min, max);
            }
            return number;
        });
    }

    /** A whole number of at least min; a number above max counts as max. */
    public Optional<Long> clamped(String name, long min, long max) {
        return text(name).map(value -> {
            long number = wholeNumber(name, value, () -> Bounds.tooSmall(name, min, max));
            if (number < min) {
                throw Bounds.tooSmall(name, min, max);
            }
            return Math.min(number, max);
        });
    }

    /** True or false; an absent flag is false. */
    public boolean flag(String name) {
        return text(name)
                .map(value -> switch (value) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw Refused.invalid(name, "'" + name + "' must be true or false.");
                })
                .orElse(false);
    }

    private static long wholeNumber(String name, String value, Supplier<Refused> outOfBounds) {
        if (!INTEGER.matcher(value).matches()) {
            if (DECIMAL.matcher(value).matches()) {
                throw outOfBounds.get();
            }
            throw new Refused(Refusal.MALFORMED, "The query parameter '" + name + "' must be a whole number.");
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            // too many digits for a long: the sign says on which side it lies
            return value.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static Refused outOfBounds(String name, long min, long max) {
        return Refused.invalid(name, "'" + name + "' must be a whole number from " + min + " to " + max + ".");
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
