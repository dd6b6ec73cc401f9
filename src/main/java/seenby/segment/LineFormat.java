package seenby.segment;

import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import seenby.json.Json;

/** The format of a line in a file. */
public final class LineFormat {
    public static final byte END = '\n';

    private static final String BEFORE_GROUP = "{\"group\":\"";
    private static final String BEFORE_ID = "\",\"id\":";
    private static final int MAX_GROUP = 64;
    private static final int MAX_DIGITS = 16;

    /** The first bytes of a line that are enough to find its id. */
    public static final int HEAD = BEFORE_GROUP.length() + MAX_GROUP + BEFORE_ID.length() + MAX_DIGITS + 1;

    private LineFormat() {}

    public static byte[] of(Object value) {
        byte[] json = Json.write(value);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = END;
        return line;
    }

    /** Reads what {@link #of} has written. */
    public static <T> T read(byte[] line, Class<T> type) throws IOException {
        @Nullable T value = Json.read(line, type); // of JSON's null
        if (value == null) {
            throw new IOException("null is not a line");
        }
        return value;
    }

    /** Whether this is one line of this message, with a newline at its end. */
    public static boolean isWhole(byte[] line, long id) {
        OptionalLong found = id(line);
        return found.isPresent() && found.getAsLong() == id && indexOfEnd(line) == line.length - 1;
    }

    private static int indexOfEnd(byte[] line) {
        int at = 0;
        while (at < line.length && line[at] != END) {
            at++;
        }
        return at;
    }

    public static OptionalLong id(byte[] line) {
        return id(line, line.length);
    }

    /** The id in the first bytes of a line; empty if they are not a line. The id of a group needs no JSON escapes. */
    public static OptionalLong id(byte[] line, int length) {
        if (!isAt(line, 0, length, BEFORE_GROUP)) {
            return OptionalLong.empty();
        }
        int at = BEFORE_GROUP.length();
        while (at < length && at < HEAD && line[at] != '"') {
            at++;
        }
        return isAt(line, at, length, BEFORE_ID) ? number(line, at + BEFORE_ID.length(), length) : OptionalLong.empty();
    }

    private static boolean isAt(byte[] line, int at, int length, String text) {
        if (length - at < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (line[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static OptionalLong number(byte[] line, int from, int length) {
        long number = 0;
        int at = from;
        while (at < length && at - from < MAX_DIGITS && line[at] >= '0' && line[at] <= '9') {
            number = 10 * number + line[at] - '0';
            at++;
        }
        return at > from && at < length && line[at] == ',' ? OptionalLong.of(number) : OptionalLong.empty();
    }
}
