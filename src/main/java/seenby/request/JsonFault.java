package seenby.request;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the first fault of a text that should be a JSON object, and says what it is and where. It runs only for a text
 * that the JSON parser has refused, whose own messages are for programmers.
 */
final class JsonFault {
    private static final int DEEPEST = 64;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    private static final Pattern WORD = Pattern.compile("[^\\s,:{}\\[\\]\"]+");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([\"\\\\/bfnrt]|u[0-9a-fA-F]{4})");
    private static final Set<String> LITERALS = Set.of("true", "false", "null");

    private final String text;
    private int at;

    private JsonFault(String text) {
        this.text = text;
    }

    /** A sentence about the fault; empty if this class does not see it. */
    static Optional<String> in(String text) {
        try {
            new JsonFault(text).document();
            return Optional.empty();
        } catch (Found fault) {
            return Optional.of(fault.sentence);
        }
    }

    private static final class Found extends RuntimeException {
        private final transient String sentence;

        Found(String sentence) {
            super(sentence, null, false, false);
            this.sentence = sentence;
        }
    }

    private void document() {
        if (text.startsWith("\ufeff")) {
            throw new Found("The body begins with a byte order mark (BOM). Send UTF-8 without it.");
        }
        space();
        requireStart();
        value(1);
        space();
        if (at < text.length()) {
            throw fault(shown() + " follows after the end of the JSON; send one object");
        }
    }

    private void requireStart() {
        boolean starts = "{[\"".indexOf(next()) >= 0
                || NUMBER.matcher(text.substring(at)).lookingAt();
        String word = word();
        if (!starts && !LITERALS.contains(word)) {
            String first = word.isEmpty() ? shown() : Quoted.of(word);
            throw new Found("The body is not JSON: it begins with " + first + ". Send an object: {…}.");
        }
    }

    private void value(int depth) {
        space();
        if (depth > DEEPEST) {
            throw fault("it nests deeper than " + DEEPEST + " levels");
        }
        switch (next()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            default -> literal();
        }
    }

    private void object(int depth) {
        Set<String> keys = new HashSet<>();
        boolean more = !opens('}');
        while (more) {
            space();
            key(keys);
            space();
            if (next() != ':') {
                throw fault("a colon is missing before " + shown());
            }
            at++;
            value(depth + 1);
            more = continues('}');
        }
    }

    private void key(Set<String> keys) {
        if (next() == '}' || next() == ',') {
            throw fault("there is one comma too many before " + shown());
        }
        if (next() != '"') {
            throw fault(
                    isAtEnd() ? "a '}' is missing at the end" : "a key must stand in double quotes, not " + shown());
        }
        int start = at;
        string();
        String key = text.substring(start + 1, at - 1);
        if (!keys.add(key)) {
            at = start;
            throw fault("the key " + Quoted.of(key) + " is given twice");
        }
    }

    private void array(int depth) {
        boolean more = !opens(']');
        while (more) {
            space();
            if (next() == ']' || next() == ',') {
                throw fault("there is one comma too many before " + shown());
            }
            value(depth + 1);
            more = continues(']');
        }
    }

    /** Passes an opening bracket, and the closing one if it comes at once; then true. */
    private boolean opens(char end) {
        at++;
        space();
        boolean empty = next() == end;
        at += empty ? 1 : 0;
        return empty;
    }

    /** Passes a comma, then true, or the closing bracket, then false. */
    private boolean continues(char end) {
        space();
        boolean comma = next() == ',';
        if (isAtEnd()) {
            throw fault("a '" + end + "' is missing at the end");
        }
        if (!comma && next() != end) {
            throw fault("a comma or a '" + end + "' is missing before " + shown());
        }
        at++;
        return comma;
    }

    private void string() {
        int start = at++;
        while (next() != '"') {
            if (isAtEnd()) {
                at = start;
                throw fault("a string has no closing quote");
            }
            if (next() < ' ') {
                throw fault("a string has " + shown() + " in it; write a line break as \\n, a tab as \\t");
            }
            at = next() == '\\' ? escape() : at + 1;
        }
        at++;
    }

    private int escape() {
        Matcher escape = ESCAPE.matcher(text).region(at, text.length());
        if (!escape.lookingAt()) {
            throw fault("a string has a backslash in it that begins no escape; write \\\\ for a backslash");
        }
        return escape.end();
    }

    private void literal() {
        String word = word();
        if (isAtEnd()) {
            throw fault("a value is missing at the end");
        }
        if (word.isEmpty()) {
            throw fault("a value is missing before " + shown());
        }
        if (!LITERALS.contains(word) && !NUMBER.matcher(word).matches()) {
            throw fault(Quoted.of(word) + " is not a JSON value; a text must stand in double quotes");
        }
        at += word.length();
    }

    private String word() {
        Matcher word = WORD.matcher(text).region(at, text.length());
        return word.lookingAt() ? word.group() : "";
    }

    private void space() {
        while (!isAtEnd() && " \t\r\n".indexOf(next()) >= 0) {
            at++;
        }
    }

    /** The character here; U+0000 at the end. */
    private char next() {
        return isAtEnd() ? 0 : text.charAt(at);
    }

    private boolean isAtEnd() {
        return at >= text.length();
    }

    private String shown() {
        if (isAtEnd()) {
            return "the end";
        }
        int codePoint = text.codePointAt(at);
        boolean plain = (codePoint > ' ' && codePoint < 0x7f) || Character.isLetterOrDigit(codePoint);
        return plain ? "'" + Character.toString(codePoint) + "'" : "U+%04X".formatted(codePoint);
    }

    private Found fault(String what) {
        long line = 1 + text.substring(0, at).chars().filter(c -> c == '\n').count();
        int column = at - text.lastIndexOf('\n', at - 1);
        return new Found("The body is not valid JSON (line " + line + ", column " + column + "): " + what + ".");
    }
}
