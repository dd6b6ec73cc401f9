package seenby.limits;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.Promise;

/** The bare hub behind a core handler of Jetty. */
final class BareJetty extends Handler.Abstract {
    private static final int BACKLOG = 4096;
    private static final int IDLE_MILLIS = 75_000;

    private final BareHub hub;

    private BareJetty(BareHub hub) {
        super(hub.blocks() ? InvocationType.BLOCKING : InvocationType.NON_BLOCKING);
        this.hub = hub;
    }

    /** Starts it. Returns its port. */
    static int start(BareHub hub) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        server.setHandler(new BareJetty(hub));
        server.start();
        return connector.getLocalPort();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        if (request.getMethod().equals("GET")) {
            Fields query = Request.extractQueryParameters(request);
            String since = Optional.ofNullable(query.getValue("since")).orElse("");
            hub.poll(since, !"0".equals(query.getValue("timeout")), answer -> write(response, answer, callback));
        } else {
            String group = request.getHttpURI().getPath().split("/", -1)[3];
            Content.Source.asString(
                    request,
                    StandardCharsets.UTF_8,
                    Promise.from(
                            text -> {
                                response.setStatus(201);
                                write(response, hub.send(group, "user-000000", text), callback);
                            },
                            callback::failed));
        }
        return true;
    }

    private static void write(Response response, byte[] answer, Callback callback) {
        response.write(true, ByteBuffer.wrap(answer), callback);
    }
}
