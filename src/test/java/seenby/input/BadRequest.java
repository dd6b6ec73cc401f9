package seenby.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import seenby.support.RefusalFixture;

/**
 * A request with one fault, one char for each byte, and how it must be refused.
 *
 * @param statuses one of these
 * @param named what the detail of the answer contains
 */
record BadRequest(String text, Set<Integer> statuses, Pattern named) {
    private static final int SHOWN = 600;

    /** The call with the JSON of its fields, if it reads a body. */
    static BadRequest of(Call call, String named, Integer... statuses) {
        return call.operation().readsBody()
                ? of(call.withHeaders("Content-Type: " + RefusalFixture.JSON), utf8(call.json()), named, statuses)
                : of(call, "", named, statuses);
    }

    static BadRequest of(Call call, String body, String named, Integer... statuses) {
        return ofLine(call.method() + " " + call.path() + call.query() + " HTTP/1.1", call, body, named, statuses);
    }

    static BadRequest ofLine(String line, Call call, String body, String named, Integer... statuses) {
        List<String> lines = new ArrayList<>(List.of(line));
        lines.addAll(call.headers());
        if (!body.isEmpty()) {
            lines.add("Content-Length: " + body.length());
        }
        String text = String.join("\r\n", lines) + "\r\n\r\n" + body;
        return new BadRequest(text, Set.of(statuses), Pattern.compile(named));
    }

    /** The bytes of a text in UTF-8, as chars. */
    static String utf8(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    byte[] bytes() {
        return text.getBytes(ISO_8859_1);
    }

    @Override
    public String toString() {
        String shown = text.substring(0, Math.min(SHOWN, text.length()))
                .chars()
                .mapToObj(BadRequest::shown)
                .collect(Collectors.joining());
        return shown + (text.length() > SHOWN ? "… (" + text.length() + " bytes)" : "") + "\n-> one of " + statuses
                + ", with a detail that has " + named;
    }

    private static String shown(int c) {
        boolean plain = c == '\n' || (c >= ' ' && c <= '~');
        return plain ? Character.toString(c) : "\\x%02x".formatted(c);
    }
}
