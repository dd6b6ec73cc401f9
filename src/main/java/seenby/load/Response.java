package seenby.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * An answer, or a piece of a stream that ends with an event. It is a view of a buffer that is used again, so it is
 * valid only while its handler runs. Handlers look for bytes in it, because parsing JSON would cost more than the
 * server does.
 */
public final class Response {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NEXT = "\"next\":\"".getBytes(StandardCharsets.US_ASCII);

    private final int status;
    private final byte[] bytes;
    private final int from;
    private final int end;

    Response(int status, byte[] bytes, int from, int end) {
        this.status = status;
        this.bytes = bytes;
        this.from = from;
        this.end = end;
    }

    public int status() {
        return status;
    }

    /** Throws unless the request succeeded. */
    public void requireSuccess() {
        if (status / 100 != 2) {
            throw new IllegalStateException("a request was answered " + this);
        }
    }

    public int length() {
        return end - from;
    }

    /** The place after the next occurrence of a pattern, or -1. The first place is 0. */
    public int after(byte[] pattern, int place) {
        int last = end - pattern.length;
        for (int i = from + place; i <= last; i++) {
            if (bytes[i] == pattern[0] && matches(pattern, i)) {
                return i + pattern.length - from;
            }
        }
        return -1;
    }

    /**
     * The value of a header, or nothing if there is none. A stream has none, because its headers came before.
     *
     * @param name with the line end before it and the colon and the blank after it, spelled as the server does
     */
    public String header(byte[] name) {
        for (int i = 0; i < from - name.length; i++) {
            if (bytes[i] == name[0] && matches(name, i)) {
                return textUpTo('\r', i + name.length);
            }
        }
        return "";
    }

    private boolean matches(byte[] pattern, int at) {
        for (int i = 1; i < pattern.length; i++) {
            if (bytes[at + i] != pattern[i]) {
                return false;
            }
        }
        return true;
    }

    /** The digits from a place on, as a number. */
    public long number(int place) {
        long number = 0;
        for (int i = from + place; i < end && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            number = 10 * number + bytes[i] - '0';
        }
        return number;
    }

    /** The number after the first occurrence of a pattern, or -1. */
    public long numberAfter(byte[] pattern) {
        int place = after(pattern, 0);
        return place < 0 ? -1 : number(place);
    }

    public boolean contains(byte[] pattern) {
        return after(pattern, 0) >= 0;
    }

    /** The place where the next poll continues. */
    public String next() {
        return textUpTo('"', from + after(NEXT, 0));
    }

    private String textUpTo(char close, int begin) {
        int end = begin;
        while (bytes[end] != close) {
            end++;
        }
        return new String(bytes, begin, end - begin, StandardCharsets.US_ASCII);
    }

    public JsonNode json() {
        try {
            return JSON.readTree(bytes, from, end - from);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole text. */
    @Override
    public String toString() {
        return status + " " + new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }
}
