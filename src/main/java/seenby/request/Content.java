package seenby.request;

import io.javalin.http.Context;
import io.javalin.http.RequestTimeoutResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EofException;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;

/** The bytes of a request's body, limited in size, and their text. */
public final class Content {
    // this much of a body that is too large is still read, or the closed connection could lose the answer
    private static final int DRAIN_BYTES = 4 * 1024 * 1024;

    private Content() {}

    /** Reads the whole body, which may be chunked and have no declared length. */
    public static byte[] read(Context ctx, int limitBytes) {
        if (ctx.req().getContentLengthLong() > (long) limitBytes + DRAIN_BYTES) {
            throw tooLarge(limitBytes);
        }
        try (InputStream in = ctx.req().getInputStream()) {
            byte[] bytes = in.readNBytes(limitBytes + 1);
            if (bytes.length > limitBytes) {
                in.skip(DRAIN_BYTES);
                throw tooLarge(limitBytes);
            }
            return bytes;
        } catch (EofException e) {
            throw new Refused(Refusal.MALFORMED, "The body is shorter than its Content-Length. Send it again.");
        } catch (IOException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new RequestTimeoutResponse();
            }
            throw new Refused(Refusal.MALFORMED, "The body cannot be read. Check its Content-Length or its chunks.");
        }
    }

    /** Decodes UTF-8. Invalid bytes are refused, never replaced. */
    public static String utf8(byte[] bytes) {
        return decode(bytes)
                .orElseThrow(() -> new Refused(Refusal.MALFORMED, "The body is not valid UTF-8. Send it in UTF-8."));
    }

    /** Decodes UTF-8; empty for invalid bytes. */
    static Optional<String> decode(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Whether the content type is JSON, in any charset. */
    public static boolean isJson(Context ctx) {
        return type(ctx)[0].strip().equals("application/json");
    }

    /** Whether the content type names no charset but UTF-8, the only charset of JSON. */
    static boolean isUtf8(Context ctx) {
        for (String part : type(ctx)) {
            String parameter = part.replace("\"", "").strip();
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return false;
            }
        }
        return true;
    }

    /** The media type, followed by its parameters. */
    private static String[] type(Context ctx) {
        return Optional.ofNullable(ctx.req().getContentType())
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .split(";", -1);
    }

    private static Refused tooLarge(int limitBytes) {
        return new Refused(
                Refusal.TOO_LARGE, "The body is too large. This call accepts at most " + limitBytes + " bytes.");
    }
}
