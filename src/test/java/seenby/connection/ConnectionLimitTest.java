package seenby.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import seenby.platform.Networks;
import seenby.support.RawClient;

class ConnectionLimitTest {
    private static final String OK = "HTTP/1.1 200 OK";

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    private ConnectionLimit start(int most, String exempt) throws Exception {
        ConnectionLimit limit = new ConnectionLimit(most, Networks.of(exempt).orElseThrow());
        connector.setHost("127.0.0.1");
        connector.addBean(limit);
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                callback.succeeded();
                return true;
            }
        });
        server.start();
        return limit;
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private static void assertServed(RawClient client) {
        assertEquals(OK, answer(client));
    }

    private static String answer(RawClient client) {
        return client.get("/").read(OK.length());
    }

    @Test
    void oneMoreIsClosedUntilAnotherEnds() throws Exception {
        ConnectionLimit limit = start(2, "");
        int port = connector.getLocalPort();
        try (RawClient first = new RawClient(port)) {
            assertServed(first);
            try (RawClient second = new RawClient(port)) {
                assertServed(second);
                try (RawClient third = new RawClient(port)) {
                    assertEquals("", third.read(1));
                }
            }
            eventually("an end makes room", () -> {
                try (RawClient next = new RawClient(port)) {
                    return answer(next).equals(OK);
                }
            });
        }
        assertTrue(limit.refusals() >= 1);
    }

    @Test
    void anExemptAddressMayHaveAnyNumber() throws Exception {
        ConnectionLimit limit = start(1, "127.0.0.0/8");
        int port = connector.getLocalPort();
        try (RawClient first = new RawClient(port);
                RawClient second = new RawClient(port)) {
            assertServed(first);
            assertServed(second);
        }
        assertEquals(0, limit.refusals());
    }
}
