package seenby.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.RefusalFixture;
import seenby.support.RunningServer;

/** Valid requests with some bytes changed at random. Each gets an answer, and none a 5xx. */
class MutationTest {
    private static final int REQUESTS = 3_000;
    private static final int QUIET_MILLIS = 100;
    private static final long SEED = 20_261_123;

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    /** The parts of a request that are changed, one char for each byte. Its method and length stay valid HTTP. */
    private record Request(String method, String target, String header, String body) {
        byte[] bytes(String token) {
            String head = String.join(
                    "\r\n",
                    method + " " + target + " HTTP/1.1",
                    "Host: a",
                    "Connection: close",
                    "Authorization: Bearer " + token,
                    header,
                    "Content-Length: " + body.length());
            return (head + "\r\n\r\n" + body).getBytes(ISO_8859_1);
        }
    }

    private static Request mutated(Endpoint endpoint, Random random) {
        String target = endpoint.path() + queryOf(endpoint);
        String header =
                "Idempotency-Key: key\r\nContent-Type: " + (random.nextBoolean() ? RefusalFixture.JSON : "text/plain");
        String body = endpoint.json;
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            switch (random.nextInt(5)) {
                case 0, 1 -> target = mutated(target, 1, random);
                case 2 -> header = mutated(header, header.length() - 10, random);
                default -> body = mutated(body, 0, random);
            }
        }
        return new Request(endpoint.method(), target, header, body);
    }

    private static String queryOf(Endpoint endpoint) {
        return switch (endpoint) {
            case LIST_GROUPS -> "?all=true";
            case LIST_MESSAGES -> "?after=0&limit=10";
            case SHOW_RECEIPTS -> "?list=none";
            case LIST_RECEIPTS -> "?from=1&to=10";
            case POLL -> "?since=&limit=10";
            default -> "";
        };
    }

    /** Changes, removes, doubles or inserts text somewhere after the first {@code from} characters. */
    private static String mutated(String text, int from, Random random) {
        int at = from + random.nextInt(text.length() - from + 1);
        String tail = text.substring(Math.min(text.length(), at + random.nextInt(2)));
        String between = switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> Character.toString(random.nextInt(256));
            case 2 -> text.substring(at, Math.min(text.length(), at + random.nextInt(8)));
            default -> Draw.STUMBLES.get(random.nextInt(Draw.STUMBLES.size()));
        };
        return text.substring(0, at) + between + tail;
    }

    /**
     * Ends its half of the connection only when the server waits for more, or has begun to answer. Jetty refuses what
     * is not HTTP on another thread, and closes a connection whose other half has ended before that.
     */
    private static String answer(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
            socket.getOutputStream().write(request);
            socket.setSoTimeout(QUIET_MILLIS);
            String first = first(socket.getInputStream());
            socket.shutdownOutput();
            socket.setSoTimeout(20_000);
            return first + new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static String first(InputStream in) throws IOException {
        try {
            int first = in.read();
            return first < 0 ? "" : Character.toString(first);
        } catch (SocketTimeoutException quiet) {
            return "";
        }
    }

    @Test
    void everyRequestIsAnsweredAndNoneWithAServerError() throws IOException {
        RefusalFixture fixture = new RefusalFixture(SERVER);
        Random random = new Random(SEED);
        // these would delete what later requests need
        List<Endpoint> endpoints = Arrays.stream(Endpoint.values())
                .filter(endpoint -> endpoint != Endpoint.DELETE_GROUP && endpoint != Endpoint.DELETE_USER)
                .toList();

        for (int i = 0; i < REQUESTS; i++) {
            Request request = mutated(endpoints.get(random.nextInt(endpoints.size())), random);
            String answer = answer(request.bytes(fixture.ann.token()));

            assertTrue(answer.matches("(?s)HTTP/1\\.1 [234]\\d\\d .*"), () -> request + "\n" + answer);
            boolean fine = answer.startsWith("HTTP/1.1 2");
            assertTrue(
                    fine || answer.contains("Content-Type: application/problem+json"), () -> request + "\n" + answer);
        }
        fixture.ann
                .post("/v1/groups/ops/messages", Map.of("text", "still here"))
                .expect(201);
        fixture.ann.get("/v1/groups/ops/messages?after=0&limit=1000").expect(200);
    }
}
