package seenby.http;

import io.javalin.http.Context;

/** An answer that is JSON and no problem. */
final class Answer {
    private static final String CONTENT_TYPE = "application/json";

    private Answer() {}

    static void json(Context ctx, int status, Object value) {
        json(ctx, status, Json.write(value));
    }

    static void json(Context ctx, int status, byte[] written) {
        ctx.status(status).contentType(CONTENT_TYPE).result(written);
    }
}
