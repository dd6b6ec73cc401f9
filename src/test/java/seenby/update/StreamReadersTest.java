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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.EventSource;
import seenby.support.RunningServer;

/** Readers of a stream who are slow, or gone. */
class StreamReadersTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);

    @Test
    void aReaderThatIsGoneIsForgotten() throws Exception {
        try (EventSource stream = EventSource.open(SERVER.port(), bob, "", Map.of())) {
            stream.nextOrComment(5);
            SERVER.awaitPolls(1);
        }

        awaitForgotten();
    }

    /** That a reader is gone is noticed when something is written to it; the next test begins without. */
    private void awaitForgotten() {
        eventually("it is forgotten", () -> {
            ann.send(group, "to nobody");
            return SERVER.requests() == 0;
        });
    }

    /** What the kernel takes for a reader that is asleep is some megabytes; the server holds one update more. */
    @Test
    void aSlowReaderIsCutOffAndGoesOnWithoutLoss() throws Exception {
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
            eventually("it is cut off", () -> SERVER.requests() == 0);
            List<String> ids = idsIn(slow);
            assertTrue(ids.size() < sent, "it was not sent all of it");

            try (EventSource stream =
                    EventSource.open(SERVER.port(), bob, "", Map.of("Last-Event-ID", ids.get(ids.size() - 1)))) {
                for (long id = ids.size() + 1L; id <= sent; id++) {
                    assertEquals(id, stream.next().json().get("id").asLong());
                }
            }
            awaitForgotten();
        }
    }

    /** The ids of the whole events that have come through. */
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
            assertTrue(ids.size() > 0, "something has come before it");
        }
        return ids;
    }
}
