package seenby.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import seenby.connection.LeastPace;
import seenby.connection.SlowClients;
import seenby.request.Body;
import seenby.request.SmallServer;

/** The behaviour of Javalin and Jetty that the long poll relies on, with an idle timeout shorter than the poll. */
class LongPollConnectionTest {
    private static final long IDLE_MILLIS = 1500;
    private static SmallServer server;

    @BeforeAll
    static void start() {
        Executor later = CompletableFuture.delayedExecutor(
                IDLE_MILLIS * 3 / 2, TimeUnit.MILLISECONDS, task -> new Thread(task, "completer").start());
        server = new SmallServer(new SlowClients(LeastPace.standard()), Duration.ofMillis(IDLE_MILLIS), config -> {
            config.routes.get(
                    "/poll",
                    ctx -> ctx.future(() ->
                            CompletableFuture.supplyAsync(() -> "done", later).thenAccept(ctx::result)));
            config.routes.after(
                    "/poll",
                    ctx -> ctx.header("X-Thread", Thread.currentThread().getName()));
            config.routes.post("/body", ctx -> ctx.result("" + Body.of(ctx, 100).isEmpty()));
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aPollOutlastsTheIdleTimeoutAndTheNextOneUsesItsConnection() throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.uri("/").getPort())) {
            socket.setSoTimeout(10_000);
            for (int poll = 0; poll < 2; poll++) {
                byte[] request = "GET /poll HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
                socket.getOutputStream().write(request);
                byte[] answer = new byte[4096];
                int length = Math.max(0, socket.getInputStream().read(answer));

                String text = new String(answer, 0, length, StandardCharsets.US_ASCII);
                assertTrue(text.startsWith("HTTP/1.1 200"), text);
            }
        }
    }

    @Test
    void theThreadThatCompletesTheFutureWritesTheAnswer() {
        assertEquals("completer", server.get("/poll").header("X-Thread"));
    }

    @Test
    void aBodyThatStopsHalfwayGetsAProblem() {
        server.raw("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{")
                .problem(408, "timeout");
    }
}
