package seenby.request;

import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers a request that reaches no route, such as one that is not HTTP, with a problem in place of Jetty's page. */
final class JettyProblems extends ErrorHandler {
    /** Jetty by default sends an error page only for GET, POST and HEAD. */
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    /** @param cause null where Jetty chose a status without an exception */
    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            String message,
            @Nullable Throwable cause,
            Callback callback) {
        Problem problem = hasOnlyEmptySegments(request)
                ? Problem.emptySegment(request.getHttpURI().getPath())
                : Problem.of(status(code, cause));
        // Jetty closes the connection after such a request without saying so; the next request on it would be lost
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        SafeHeaders.put(response.getHeaders());
        Exchange.identify(request, response.getHeaders());
        problem.answer(response, callback, Optional.empty());
    }

    /** Jetty calls such a path ambiguous. We have no route with an empty segment, so there is nothing at it. */
    private static boolean hasOnlyEmptySegments(Request request) {
        HttpURI uri = request.getHttpURI();
        return uri.hasViolation(Violation.AMBIGUOUS_EMPTY_SEGMENT)
                && uri.getViolations().size() == 1;
    }

    /** Jetty answers 505 or 501 to an unknown version or encoding, but that is the client's mistake. */
    private static int status(int code, @Nullable Throwable cause) {
        return code > 500 && cause instanceof HttpException ? 400 : code;
    }
}
