package seenby.request;

import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Runs the next handler, which may wait for the store, on a thread that may wait. The handlers before it run on the
 * thread that reads from all connections, so they wait for nothing: Jetty then needs no other thread for a request
 * that they answer.
 */
public final class BlockingHandler extends Handler.Wrapper {
    private final Executor threads;

    public BlockingHandler(Executor threads) {
        this.threads = threads;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        threads.execute(() -> pass(request, response, callback));
        return true;
    }

    private void pass(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Throwable failure) {
            Response.writeError(request, response, callback, failure);
        }
    }
}
