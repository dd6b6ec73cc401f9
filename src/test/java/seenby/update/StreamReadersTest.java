package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.EventSource;
import seenby.support.RunningServer;

/** Clients of a stream that are slow or have disconnected. */
@Order(1) // one of the longest
class StreamReadersTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);

    @Test
    void aDisconnectedClientIsForgotten() throws Exception {
        try (EventSource stream = EventSource.open(SERVER.port(), bob, "", Map.of())) {
            stream.nextOrComment(5);
            SERVER.awaitPolls(1);
        }

        awaitNoClients();
    }

    /** The server notices a disconnected client only when it writes, so this sends until no client is left. */
    private void awaitNoClients() {
        eventually("the server has no clients", () -> {
            ann.send(group, "to nobody");
            return SERVER.requests() == 0;
        });
    }

    /** The kernel buffers some megabytes for a client that does not read; the server buffers one more update. */
    @Test
    void aSlowClientIsDisconnectedAndResumesWithoutLoss() throws Exception {
        String text = "x".repeat(16_000);
        long sent = 1500;
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), SERVER.port()));
            slow.getOutputStream()
                    .write(("GET /v1/updates HTTP/1.1\r\nHost: seenby\r\nAccept: text/event-stream\r\n"
                                    + "Authorization: Bearer " + bob.token() + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            SERVER.awaitPolls(1);
            for (long i = 0; i < sent; i++) {
                ann.send(group, text);
            }
            eventually("the slow client is disconnected", () -> SERVER.requests() == 0);
            List<String> ids = idsIn(slow);
            assertTrue(ids.size() < sent, "not everything was sent");

            try (EventSource stream =
                    EventSource.open(SERVER.port(), bob, "", Map.of("Last-Event-ID", ids.get(ids.size() - 1)))) {
                for (long id = ids.size() + 1L; id <= sent; id++) {
                    assertEquals(id, stream.next().json().get("id").asLong());
                }
            }
            awaitNoClients();
        }
    }

    /** The ids of the complete events that arrived. */
    private static List<String> idsIn(Socket socket) throws IOException {
        List<String> ids = new ArrayList<>();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    ids.add(line.substring(4));
                }
            }
        } catch (IOException reset) {
            assertTrue(ids.size() > 0, "some events arrived before the reset");
        }
        return ids;
    }
}
