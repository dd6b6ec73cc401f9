package seenby.connection;

import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Watches how fast clients take answers, and disconnects those that take one too slowly. */
final class AnswerSender extends Handler.Wrapper {
    private final SlowClients clients;

    AnswerSender(SlowClients clients) {
        this.clients = clients;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, new Watched(request, response), callback);
    }

    private final class Watched extends Response.Wrapper {
        Watched(Request request, Response response) {
            super(request, response);
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            new AnswerWrite(clients, getWrapped(), last, content, callback).send();
        }
    }
}
