package seenby.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import seenby.request.Exchange;
import seenby.request.Route;

/**
 * Tells that the process is up, on the thread that reads the request: while the store hangs, all others may wait for
 * it. A request that is not plain passes on to the route, which says what is wrong with it.
 */
final class HealthHandler extends Handler.Wrapper {
    private static final String PATH = "/healthz";
    private static final Route ROUTE = new Route("GET", PATH);

    private final byte[] answer = ServiceHandler.health();

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!isPlain(request)) {
            return super.handle(request, response, callback);
        }
        Exchange.of(request).ifPresent(exchange -> exchange.reach(ROUTE));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.length);
        response.write(true, ByteBuffer.wrap(answer), callback);
        return true;
    }

    private static boolean isPlain(Request request) {
        return HttpMethod.GET.is(request.getMethod())
                && request.getHttpURI().getPathQuery().equals(PATH);
    }
}
