package seenby.request;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers what never reaches a route, such as a request line that is no HTTP, with a problem in place of Jetty's page. */
final class JettyProblems extends ErrorHandler {
    /** Jetty has a page for GET, POST and HEAD only; a problem is due to every method. */
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    /** The cause is null where a status was chosen without one. */
    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            String message,
            @Nullable Throwable cause,
            Callback callback) {
        Problem problem = Problems.of(status(code, cause));
        response.setStatus(problem.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        // Jetty closes after what it can't read, and doesn't say so: the next request would be lost on it
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        if (problem.status() == 503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        }
        response.write(true, ByteBuffer.wrap(problem.json()), callback);
    }

    /** Jetty calls a version or an encoding that it does not know 505 and 501; it is the client's mistake all the same. */
    private static int status(int code, @Nullable Throwable cause) {
        return code > 500 && cause instanceof HttpException ? 400 : code;
    }
}
