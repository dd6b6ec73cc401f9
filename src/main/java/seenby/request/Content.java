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

/** A request's body as it came in: bounded, and UTF-8 or refused. */
public final class Content {
    // so much of a refused body is read on, that its client gets to the answer; a connection closed on it would lose
    // that
    private static final int READ_ON = 4 * 1024 * 1024;

    private Content() {}

    /** The whole body, which may have come in chunks of no declared length. */
    public static byte[] read(Context ctx, int limitBytes) {
        if (ctx.req().getContentLengthLong() > (long) limitBytes + READ_ON) {
            throw tooLarge(limitBytes);
        }
        try (InputStream in = ctx.req().getInputStream()) {
            byte[] bytes = in.readNBytes(limitBytes + 1);
            if (bytes.length > limitBytes) {
                in.skip(READ_ON);
                throw tooLarge(limitBytes);
            }
            return bytes;
        } catch (EofException e) {
            throw new Refused(Refusal.MALFORMED, "The body ended before its length was reached.");
        } catch (IOException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new RequestTimeoutResponse();
            }
            throw new Refused(Refusal.MALFORMED, "The body can't be read; check its length and its chunks.");
        }
    }

    /** The body's text; not one with replacement characters where the bytes are none. */
    public static String utf8(byte[] bytes) {
        return decode(bytes).orElseThrow(() -> new Refused(Refusal.MALFORMED, "The body is not valid UTF-8."));
    }

    /** The text that the bytes are in UTF-8, or nothing where they are none. */
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

    /** Whether the content type says JSON, in whatever charset. */
    public static boolean isJson(Context ctx) {
        return type(ctx)[0].strip().equals("application/json");
    }

    /** Whether the content type says no other charset than UTF-8; others are none of JSON's. */
    static boolean isUtf8(Context ctx) {
        for (String part : type(ctx)) {
            String parameter = part.replace("\"", "").strip();
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return false;
            }
        }
        return true;
    }

    /** The media type, and then its parameters. */
    private static String[] type(Context ctx) {
        return Optional.ofNullable(ctx.req().getContentType())
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .split(";", -1);
    }

    private static Refused tooLarge(int limitBytes) {
        return new Refused(
                Refusal.TOO_LARGE, "The body is larger than the " + limitBytes + " bytes that are taken here.");
    }
}
