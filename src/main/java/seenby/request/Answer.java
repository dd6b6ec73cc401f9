package seenby.request;

import io.javalin.http.Context;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.json.Json;

/**
 * Writes a successful answer as JSON, directly and with its length. Javalin would copy it through a buffer, and send a
 * long one in chunks.
 */
public final class Answer {
    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);
    private static final String CONTENT_TYPE = "application/json";

    private Answer() {}

    public static void json(Context ctx, int status, Object value) {
        json(ctx, status, Json.write(value));
    }

    public static void json(Context ctx, int status, byte[] written) {
        ctx.status(status).contentType(CONTENT_TYPE);
        ctx.res().setContentLength(written.length);
        try {
            ctx.res().getOutputStream().write(written);
        } catch (IOException gone) {
            LOG.debug("The client disconnected before its answer was written", gone);
        }
    }
}
