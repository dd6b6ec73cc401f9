package seenby.http;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A second port, at which there are the metrics and nothing else. Who reaches it needs no token. */
final class MetricsPort extends Handler.Wrapper {
    private static final String PATH = "/metrics";

    /** The name of its connector. */
    static final String NAME = "metrics";

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (isAt(request) && !PATH.equals(request.getHttpURI().getPath())) {
            Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            return true;
        }
        return super.handle(request, response, callback);
    }

    /** Whether a request has come in at this port. */
    static boolean isAt(Request request) {
        return NAME.equals(request.getConnectionMetaData().getConnector().getName());
    }
}
