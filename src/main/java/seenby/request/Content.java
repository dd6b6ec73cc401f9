package seenby.request;

import io.javalin.http.Context;
import io.javalin.http.RequestTimeoutResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Request;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;

/** The bytes of a request's body, limited in size, and their text. */
public final class Content {
    private interface Source {
        InputStream open() throws IOException;
    }

    private Content() {}

    /**
     * Reads the whole body, which may be chunked and have no declared length. The result is empty if the body has
     * nothing but white space in it, whatever its type.
     *
     * @param requireType refuses a type that the call does not read; called unless the body is blank
     */
    static byte[] read(Context ctx, int limitBytes, Runnable requireType) {
        return read(ctx.req().getContentLengthLong(), ctx.req()::getInputStream, limitBytes, requireType);
    }

    /** Does the same for a request that does not reach Javalin. */
    static byte[] read(Request request, int limitBytes, Runnable requireType) {
        return read(request.getLength(), () -> Request.asInputStream(request), limitBytes, requireType);
    }

    private static byte[] read(long length, Source source, int limitBytes, Runnable requireType) {
        if (length > limitBytes) {
            requireType.run();
            throw tooLarge(limitBytes);
        }
        byte[] bytes = readUpTo(source, limitBytes + 1);
        boolean blank = isBlank(bytes);
        if (!blank) {
            requireType.run();
        }
        if (bytes.length > limitBytes) {
            throw tooLarge(limitBytes);
        }
        return blank ? new byte[0] : bytes;
    }

    private static byte[] readUpTo(Source source, int most) {
        try (InputStream in = source.open()) {
            return in.readNBytes(most);
        } catch (IOException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new RequestTimeoutResponse();
            }
            throw new Refused(
                    Refusal.MALFORMED,
                    "The body does not end where its Content-Length or its chunks say. Send it again.");
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

    /** Decodes UTF-8. Invalid bytes are refused, never replaced. */
    static String utf8(byte[] bytes) {
        return decode(bytes).orElseThrow(() -> new Refused(Refusal.MALFORMED, notUtf8(bytes)));
    }

    private static String notUtf8(byte[] bytes) {
        int mark = bytes.length < 2 ? 0 : ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
        if (mark == 0xfeff || mark == 0xfffe) {
            return "The body is UTF-16. Send it in UTF-8.";
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        var unused = StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(bytes.length), true);
        return "The body is not valid UTF-8 (byte " + (in.position() + 1) + "). Send it in UTF-8.";
    }

    /** Decodes UTF-8; empty for invalid bytes. */
    public static Optional<String> decode(byte[] bytes) {
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

    private static Refused tooLarge(int limitBytes) {
        return Refused.tooLarge(
                limitBytes, "The body is too large. This call accepts at most " + limitBytes + " bytes.");
    }
}
