package seenby.connection;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Collects the whole body of a request before the next handler sees the request, so that no thread waits for it. */
final class BodyCollector extends LateHandler {
    private final SlowClients clients;
    private final int mostBytes;

    /** @param mostBytes the longest body that the next handler takes */
    BodyCollector(SlowClients clients, int mostBytes, Handler next) {
        super(next);
        this.clients = clients;
        this.mostBytes = mostBytes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!hasBody(request)) {
            return super.handle(request, response, callback);
        }
        new BodyReader(request, mostBytes, clients, body -> pass(body, response, callback)).read();
        return true;
    }

    private static boolean hasBody(Request request) {
        return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }
}
