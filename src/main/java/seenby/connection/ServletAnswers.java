package seenby.connection;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets no servlet wait until its answer is sent. It belongs directly around the servlets, where it can tell which
 * writes a thread waits for.
 */
final class ServletAnswers extends Handler.Wrapper {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        ServletAnswer answer = new ServletAnswer(request, response, callback);
        return super.handle(request, answer, answer);
    }
}
