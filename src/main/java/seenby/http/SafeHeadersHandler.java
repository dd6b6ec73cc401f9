package seenby.http;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import seenby.request.SafeHeaders;

/** Gives every answer the headers of {@link SafeHeaders}. A route that knows better replaces them. */
final class SafeHeadersHandler extends Handler.Wrapper {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        SafeHeaders.put(response.getHeaders());
        return super.handle(request, response, callback);
    }
}
