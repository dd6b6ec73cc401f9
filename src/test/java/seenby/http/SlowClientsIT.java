package seenby.http;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.RawClient;
import seenby.support.RunningServer;

/** Slow clients without a token, more than the server has threads. */
class SlowClientsIT {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private static final int CLIENTS = 230;
    private static final int AT_ONCE = 2_000;

    /** Together more than the kernel takes for a client that reads nothing. */
    private static final int REQUESTS = 5;

    @Test
    void clientsThatReadNothingDoNotStopTheServer() {
        whileSlow(client -> {
            for (int i = 0; i < REQUESTS; i++) {
                client.get("/docs/swagger-ui-bundle.js");
            }
        });
    }

    @Test
    void bodiesThatNeverEndDoNotStopTheServer() {
        whileSlow(client -> client.send("POST /v1/users HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\n{"));
    }

    /** The kernel completes a connection at once if the queue has room for it, and else after a second. */
    @Test
    void clientsThatConnectAtOnceAreAllAccepted() throws IOException {
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), SERVER.port());
        List<SocketChannel> clients = new ArrayList<>();
        try {
            for (int i = 0; i < AT_ONCE; i++) {
                SocketChannel client = SocketChannel.open();
                clients.add(client);
                client.configureBlocking(false);
                client.connect(server);
            }
            for (SocketChannel client : clients) {
                assertTrue(client.finishConnect(), "a client found the queue full");
            }
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
    }

    private static void whileSlow(Consumer<RawClient> request) {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                RawClient client = new RawClient(SERVER.port());
                clients.add(client);
                request.accept(client);
            }
            eventually("all requests are in progress", () -> SERVER.requests() == CLIENTS);

            SERVER.nobody().get("/healthz").expect(200);
        } finally {
            clients.forEach(RawClient::close);
        }
        eventually("the clients are forgotten", () -> SERVER.requests() == 0);
    }
}
