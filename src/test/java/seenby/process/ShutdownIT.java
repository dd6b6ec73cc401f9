package seenby.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.support.ApiClient;
import seenby.support.ServerProcess;

/** SIGTERM to the packaged server. */
class ShutdownIT {
    /** The server has begun to wait for the body. */
    private static final String CONTINUE = "HTTP/1.1 100 Continue";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void everyOpenPollIsAnswered() {
        try (ServerProcess server = ServerProcess.start(directory)) {
            List<ApiClient> users = IntStream.range(0, 30)
                    .mapToObj(i -> server.user("user-" + i))
                    .toList();
            List<String> ids = users.stream().map(ApiClient::id).toList();
            server.admin()
                    .post("/v1/groups", Map.of("id", "ops", "members", ids))
                    .expect(201);
            List<CompletableFuture<ApiClient.Answer>> polls =
                    users.stream().map(user -> user.polling("", 55)).toList();
            eventually("all polls are open", () -> online(server.admin(), "ops") > users.size());

            assertEquals(0, server.stop());

            polls.forEach(poll -> assertEquals(
                    0, poll.join().expect(200).json().get("messages").size()));
        }
    }

    @Test
    void unfinishedRequestIsAnswered() throws IOException {
        try (ServerProcess server = ServerProcess.start(directory)) {
            ApiClient slow = server.user("slow");
            ApiClient admin = server.admin();
            admin.post("/v1/groups", Map.of("id", "ops", "members", List.of("slow")))
                    .expect(201);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream().write("""
                        POST /v1/groups/ops/messages HTTP/1.1\r
                        Host: localhost\r
                        Authorization: Bearer %s\r
                        Content-Type: text/plain\r
                        Content-Length: 10\r
                        Connection: close\r
                        Expect: 100-continue\r
                        \r
                        """.formatted(slow.token()).getBytes(StandardCharsets.UTF_8));
                assertEquals(CONTINUE, line(socket));
                assertEquals("", line(socket));
                socket.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
                server.signal();
                eventually("new requests are refused", () -> refused(admin));

                socket.getOutputStream().write("world".getBytes(StandardCharsets.UTF_8));

                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(answer.startsWith("HTTP/1.1 201 "), answer);
                assertTrue(answer.contains("helloworld"), answer);
            }
            assertEquals(0, server.awaitExit());
        }
    }

    private static String line(Socket socket) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int next = socket.getInputStream().read();
                next >= 0 && next != '\n';
                next = socket.getInputStream().read()) {
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }

    private static boolean refused(ApiClient admin) {
        try {
            return admin.get("/healthz").status() == 503;
        } catch (CompletionException refused) {
            return true;
        }
    }

    private static long online(ApiClient admin, String group) {
        JsonNode members = admin.get("/v1/groups/" + group + "/members").json().get("members");
        return ApiClient.each(members, "online").stream().filter("true"::equals).count();
    }

    @Test
    void redisEndsTooAndTheNextStartFindsAllData() {
        String since;
        try (ServerProcess server = ServerProcess.start(directory)) {
            ApiClient admin = server.admin();
            admin.post("/v1/groups", Map.of("id", "ops")).expect(201);
            since = admin.poll("").get("next").asText();
            assertEquals(1, admin.send("ops", "kept"));

            assertEquals(0, server.stop());

            assertTrue(server.redis().isEmpty());
            assertTrue(server.err().endsWith("Stopped.\n"), server.err());
        }

        try (ServerProcess server = ServerProcess.start(directory)) {
            ApiClient admin = server.admin();
            assertEquals("kept", admin.poll(since).at("/messages/0/text").asText());
            assertEquals(2, admin.send("ops", "next"));
        }
    }

    @Test
    void signalDuringTheStartLeavesNothingBehind() {
        try (ServerProcess server = ServerProcess.launch(directory)) {
            eventually(
                    "Redis runs",
                    () -> Files.exists(server.dataDir()) && !server.redis().isEmpty());

            assertEquals(0, server.stop());

            assertTrue(server.redis().isEmpty());
        }
    }
}
