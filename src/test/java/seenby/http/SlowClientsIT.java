package seenby.http;

import static seenby.support.Eventually.eventually;

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
