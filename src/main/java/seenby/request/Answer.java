package seenby.request;

import io.javalin.http.Context;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.json.Json;

/**
 * Writes a successful answer directly and with its length. Javalin would copy it through a buffer, and send a long one
 * in chunks.
 */
public final class Answer {
    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);
    private static final String CONTENT_TYPE = "application/json";

    private Answer() {}

    public static void json(Context ctx, int status, Object value) {
        json(ctx, status, Json.write(value));
    }

    public static void json(Context ctx, int status, byte[] written) {
        bytes(ctx.status(status), CONTENT_TYPE, written);
    }

    /**
     * Writes an answer of any type.
     *
     * @param bytes do not change any more, because they may be sent later
     */
    public static void bytes(Context ctx, String contentType, byte[] bytes) {
        ctx.contentType(contentType);
        ctx.res().setContentLength(bytes.length);
        try {
            ctx.res().getOutputStream().write(bytes);
        } catch (IOException gone) {
            LOG.debug("The client disconnected before its answer was written", gone);
        }
    }
}
