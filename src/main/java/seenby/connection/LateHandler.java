package seenby.connection;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A handler that has told Jetty that it answers, and calls the next handler later. */
abstract class LateHandler extends Handler.Wrapper {
    /** @param next null if the server sets it */
    LateHandler(@Nullable Handler next) {
        super(next);
    }

    /** Calls the next handler. What Jetty does for one that takes no request, or fails, is done here. */
    final void pass(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Throwable failure) {
            Response.writeError(request, response, callback, failure);
        }
    }
}
