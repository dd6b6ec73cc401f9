package seenby.connection;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Runs the next handler, which may wait for the store, on a thread that may wait. The handlers before it run on the
 * thread that reads from all connections, so they wait for nothing: Jetty then needs no other thread for a request
 * that they answer.
 */
public final class BlockingHandler extends LateHandler {
    private final RequestThreads threads;

    public BlockingHandler(RequestThreads threads) {
        super(null);
        this.threads = threads;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        threads.of(request).execute(() -> pass(request, response, callback));
        return true;
    }
}
