package seenby.load;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What the status line and the headers of an answer say. They must be at the start of a buffer.
 *
 * @param length how many bytes precede the body
 * @param contentLength the size of the body; -1 if it comes in chunks
 */
record ResponseHead(int length, int status, int contentLength) {
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    /** The place after the empty line, or -1 if it has not arrived yet. */
    static int end(byte[] bytes, int count) {
        for (int i = 3; i < count; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    static ResponseHead parse(byte[] bytes, int end) {
        String text = new String(bytes, 0, end, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int status = Integer.parseInt(text.substring(STATUS_AT, STATUS_AT + 3));
        if (text.contains("\r\ntransfer-encoding: chunked\r\n")) {
            return new ResponseHead(end, status, -1);
        }
        return new ResponseHead(end, status, contentLength(text));
    }

    private static int contentLength(String text) {
        String name = "\r\ncontent-length:";
        int at = text.indexOf(name);
        if (at < 0) {
            return 0;
        }
        int from = at + name.length();
        return Integer.parseInt(text.substring(from, text.indexOf('\r', from)).strip());
    }
}
