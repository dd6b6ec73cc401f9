package seenby.http;

import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import seenby.refusal.Unavailable;
import seenby.request.Problems;

/**
 * Refuses requests that begin while the server stops. One that began before is answered, also if its body arrives only
 * now: so this is asked before the server waits for a body.
 */
final class ClosingHandler extends Handler.Wrapper {
    private final BooleanSupplier isClosing;

    ClosingHandler(BooleanSupplier isClosing) {
        this.isClosing = isClosing;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (isClosing.getAsBoolean()) {
            Problems.answer(new Unavailable("shutting down"), request, response, callback);
            return true;
        }
        return super.handle(request, response, callback);
    }
}
