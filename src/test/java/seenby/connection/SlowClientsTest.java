package seenby.connection;

import static jakarta.servlet.DispatcherType.REQUEST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import seenby.request.Answer;
import seenby.request.Body;
import seenby.request.Bounds;
import seenby.request.Methods;
import seenby.request.SmallServer;
import seenby.support.RawClient;

/** Servers with fewer threads than slow clients. */
class SlowClientsTest {
    private static final int THREADS = 10;
    private static final int CLIENTS = 15;
    private static final int MIB = 1 << 20;

    /** More than the kernel takes for a client that reads nothing. */
    private static final byte[] LARGE = new byte[8 * MIB];

    private static final Pattern CONTENT_LENGTH = Pattern.compile("Content-Length: (\\d+)");

    private static final String CHUNKED = String.join(
            "\r\n",
            "POST /body HTTP/1.1",
            "Host: a",
            "Content-Type: application/json",
            "Transfer-Encoding: chunked",
            "",
            "");

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(300);

    private static final SlowClients PATIENT = new SlowClients(new LeastPace(LONG, LONG, LONG, 1, Long.MAX_VALUE));
    private static final SlowClients HASTY =
            new SlowClients(new LeastPace(SHORT, SHORT, SHORT, Long.MAX_VALUE, Long.MAX_VALUE));
    private static final SlowClients STEADY =
            new SlowClients(new LeastPace(Duration.ofSeconds(1), SHORT, SHORT, MIB / 10, Long.MAX_VALUE));
    private static final SlowClients SMALL = new SlowClients(new LeastPace(LONG, LONG, LONG, 1, 100_000));

    private static SmallServer patient;
    private static SmallServer hasty;
    private static SmallServer steady;
    private static SmallServer small;

    private Stream<RawClient> clients = Stream.empty();

    @BeforeAll
    static void start() {
        Arrays.fill(LARGE, (byte) 'x');
        patient = server(PATIENT);
        hasty = server(HASTY);
        steady = server(STEADY);
        small = server(SMALL);
    }

    private static SmallServer server(SlowClients slow) {
        return new SmallServer(slow, config -> {
            config.jetty.threadPool = new QueuedThreadPool(THREADS);
            config.jetty.modifyServletContextHandler(
                    context -> context.addFilter(methods(), "/*", EnumSet.of(REQUEST)));
            config.routes.get("/written", ctx -> Answer.json(ctx, 200, LARGE));
            config.routes.get("/result", ctx -> ctx.result(LARGE));
            config.routes.get(
                    "/later", ctx -> ctx.future(() -> CompletableFuture.runAsync(() -> Answer.json(ctx, 200, LARGE))));
            config.routes.get("/small", ctx -> ctx.result("small"));
            config.routes.post(
                    "/body", ctx -> ctx.result("[" + Body.of(ctx, 100_000, "f").text("f") + "]"));
        });
    }

    private static FilterHolder methods() {
        FilterHolder filter = new FilterHolder(new Methods());
        filter.setAsyncSupported(true);
        return filter;
    }

    @AfterAll
    static void stop() {
        List.of(patient, hasty, steady, small).forEach(SmallServer::close);
    }

    @AfterEach
    void disconnect() {
        clients.forEach(RawClient::close);
    }

    private RawClient connect(SmallServer server) {
        RawClient client = new RawClient(server.uri("/").getPort());
        clients = Stream.concat(clients, Stream.of(client));
        return client;
    }

    private List<RawClient> connect(int count, SmallServer server) {
        return Stream.generate(() -> connect(server)).limit(count).toList();
    }

    @Test
    void aReaderHoldsNoThreadAndGetsItsWholeAnswer() {
        List<String> paths = List.of("/written", "/result", "/later");
        List<RawClient> readers = connect(CLIENTS, patient);
        for (int i = 0; i < CLIENTS; i++) {
            readers.get(i).get(paths.get(i % paths.size()));
        }
        eventually("the server holds answers", () -> PATIENT.heldBytes() > (long) CLIENTS * LARGE.length / 4);

        assertEquals("small", patient.get("/small").body());
        for (RawClient reader : readers) {
            String answer = reader.read(LARGE.length);
            assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), () -> answer.substring(0, 200));
            assertEquals(LARGE.length, answer.length());
        }
    }

    @Test
    void aBodyThatArrivesSlowlyHoldsNoThread() {
        List<RawClient> senders = connect(CLIENTS, patient);
        senders.forEach(sender -> sender.send(head(11) + "{\"f\""));
        eventually("the server holds bodies", () -> PATIENT.heldBytes() == CLIENTS * 4);

        assertEquals("small", patient.get("/small").body());
        senders.forEach(sender -> sender.send(":\"abc\"}"));
        senders.forEach(sender -> assertTrue(answer(sender).endsWith("\r\n\r\n[abc]")));
    }

    private static String head(int length) {
        return "POST /body HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: " + length
                + "\r\n\r\n";
    }

    /** Reads one answer with a short body. */
    private static String answer(RawClient client) {
        String head = headers(client);
        Matcher length = CONTENT_LENGTH.matcher(head);
        assertTrue(length.find(), head);
        return head + client.read(Integer.parseInt(length.group(1)));
    }

    private static String headers(RawClient client) {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            String next = client.read(1);
            assertEquals(1, next.length(), () -> "the connection ended after " + head);
            head.append(next);
        }
        return head.toString();
    }

    @Test
    void headersThatArriveSlowlyHoldNoThread() {
        List<RawClient> senders = connect(CLIENTS, patient);
        senders.forEach(sender -> sender.send("GET /small HT"));

        assertEquals("small", patient.get("/small").body());
        senders.forEach(sender -> sender.send("TP/1.1\r\nHost: a\r\n\r\n"));
        senders.forEach(sender -> assertTrue(answer(sender).endsWith("small")));
    }

    @Test
    void headersThatAreNotCompleteInTimeAreRefused() {
        hasty.raw("GET /small HT").problem(408, "timeout");
        hasty.raw("\r\n").problem(408, "timeout");

        RawClient client = connect(hasty).get("/small").send("GET /small HTTP/1.1\r\nHost: a\r\nX: ");
        assertTrue(answer(client).endsWith("small"), "the request before");
        client.trickle();
    }

    @Test
    void silentConnectionHasNoDeadline() {
        RawClient fresh = connect(steady);
        RawClient used = connect(steady).send("GET /small HTTP/1.1\r\n");
        assertEquals("small", steady.get("/small").body(), "so what was sent before has arrived");
        assertTrue(answer(used.send("Host: a\r\n\r\n")).endsWith("small"));
        steady.raw("GET").problem(408, "timeout");

        assertTrue(answer(fresh.get("/small")).endsWith("small"));
        assertTrue(answer(used.get("/small")).endsWith("small"));
    }

    @Test
    void requestsOnOneConnectionAreAnsweredInOrder() {
        RawClient client = connect(patient).send(head(9) + "{\"f\"");
        eventually("the server holds the body", () -> PATIENT.heldBytes() == 4);

        client.send(":\"a\"}").get("/small").get("/result").get("/small");

        assertTrue(answer(client).endsWith("[a]"));
        assertTrue(answer(client).endsWith("small"));
        assertTrue(client.read(LARGE.length).startsWith("HTTP/1.1 200"));
    }

    @Test
    void aChunkedBodyIsCollectedToo() {
        RawClient client = connect(patient).send(CHUNKED + "4\r\n{\"f\"\r\n");
        eventually("the server holds the first chunk", () -> PATIENT.heldBytes() == 4);

        client.send("4\r\n:\"a\"\r\n1\r\n}\r\n0\r\n\r\n");

        assertTrue(answer(client).endsWith("[a]"));
    }

    @Test
    void aBodyThatIsNotCompleteInTimeIsRefused() {
        hasty.raw(head(9) + "{").problem(408, "timeout");

        RawClient client = connect(hasty).send(head(99_999));
        client.trickle();
        assertEquals("HTTP/1.1 408", client.read(12));
    }

    @Test
    void aReaderThatIsTooSlowIsDisconnected() {
        RawClient reader = connect(hasty).get("/written");
        eventually("the server holds the answer", () -> HASTY.heldBytes() > 0);
        eventually("the server disconnects the reader", () -> HASTY.heldBytes() == 0);

        assertTrue(reader.read(LARGE.length).length() < LARGE.length);
    }

    @Test
    void aReaderAboveTheLeastPaceGetsItsWholeAnswer() {
        RawClient reader = connect(steady).get("/written");
        eventually("the server holds the answer", () -> STEADY.heldBytes() > 0);
        connect(hasty).get("/written");
        eventually("the server holds the answer", () -> HASTY.heldBytes() > 0);
        eventually("a server without patience disconnects its reader", () -> HASTY.heldBytes() == 0);

        assertEquals(LARGE.length, reader.read(LARGE.length).length());
        eventually("the server holds nothing", () -> STEADY.heldBytes() == 0);
    }

    @Test
    void aHeadRequestHoldsNothingOfItsAnswer() {
        for (String path : List.of("/written", "/result", "/later")) {
            RawClient client = connect(patient);
            client.send("HEAD " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").get("/small");

            assertTrue(headers(client).startsWith("HTTP/1.1 200"), path);
            assertTrue(answer(client).endsWith("small"), path);
        }
    }

    @Test
    void aBodyFarTooLongIsRefusedBeforeItArrives() {
        patient.raw(head(100_000_000)).problem(413, "too_large");
    }

    @Test
    void aBodyThatIsTooLongIsNotHeld() {
        int most = Bounds.LARGE_BODY_BYTES;
        RawClient client = connect(patient).send(head(2 * most) + "x".repeat(2 * most - 1));
        eventually("the server holds what it needs to refuse it", () -> PATIENT.heldBytes() == most + 1);

        assertTrue(answer(client.send("x")).startsWith("HTTP/1.1 413"));
        assertTrue(answer(client.get("/small")).endsWith("small"));
    }

    @Test
    void theSlowestClientIsDisconnectedIfTheServerHoldsTooMuch() {
        List<RawClient> senders = connect(3, small);
        String half = "{\"f\":\"" + "x".repeat(40_000);
        for (int i = 0; i < 2; i++) {
            long held = (i + 1L) * half.length();
            senders.get(i).send(head(half.length() + 2) + half);
            eventually("the server holds the body", () -> SMALL.heldBytes() == held);
        }
        senders.get(2).send(head(half.length() + 2) + half);

        assertEquals("", senders.get(0).read(1));
        for (RawClient sender : senders.subList(1, 3)) {
            assertTrue(answer(sender.send("\"}")).startsWith("HTTP/1.1 200"));
        }
        assertTrue(connect(small).get("/written").read(LARGE.length).length() < LARGE.length);
        eventually("the server holds nothing", () -> SMALL.heldBytes() == 0);
    }
}
