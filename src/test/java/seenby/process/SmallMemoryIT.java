package seenby.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.support.ApiClient;
import seenby.support.RawClient;
import seenby.support.Scrape;
import seenby.support.ServerProcess;

/** Attacks on a server with 128 MiB of memory. Others are served meanwhile, and nothing gets a 5xx. */
class SmallMemoryIT {
    private static final int CLIENTS = 80;
    private static final String LONG_TEXT = "中".repeat(5400);

    @TempDir
    private static Path directory = Path.of("");

    private static ServerProcess server;
    private static ApiClient ann;
    private static ApiClient bob;
    private static ApiClient eve;

    @BeforeAll
    static void start() {
        server = ServerProcess.startBy(
                List.of("env", "JDK_JAVA_OPTIONS=-Xmx128m"), directory, "rate.requests_per_second=0");
        ann = server.user("ann");
        bob = server.user("bob");
        eve = server.user("eve");
        ann.post("/v1/groups", Map.of("id", "g", "members", List.of("bob"))).expect(201);
        ann.post("/v1/groups", Map.of("id", "long", "members", List.of("eve"))).expect(201);
        for (int i = 0; i < 80; i++) {
            ann.send("long", LONG_TEXT);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Many clients send this, and read nothing. */
    private static void attack(String request) {
        List<RawClient> clients = Stream.generate(() -> new RawClient(server.port()))
                .limit(CLIENTS)
                .toList();
        try {
            clients.forEach(client -> client.sendUntilDisconnected(request));
            assertOthersAreServed();
        } finally {
            clients.forEach(RawClient::close);
        }
        assertOthersAreServed();
        Scrape metrics = Scrape.by(server.admin());
        assertEquals(0, metrics.value("seenby_requests_total{status=\"500\"}"), server::err);
        assertEquals(0, metrics.value("seenby_requests_total{status=\"503\"}"), server::err);
        assertEquals(List.of(), server.err("OutOfMemory"));
    }

    private static void assertOthersAreServed() {
        JsonNode before = bob.poll("");
        long id = ann.send("g", "meanwhile");
        JsonNode news = bob.poll(before.get("next").asText(), 20);
        assertEquals(id, news.get("messages").get(0).get("id").asLong());
        bob.ack("g", id);
        new ApiClient(server::port, "nobody", "").get("/healthz").expect(200);
    }

    private static String get(String path, String accept) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\nAccept: " + accept + "\r\nAuthorization: Bearer " + eve.token()
                + "\r\n\r\n";
    }

    private static String post(String path, String body, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: " + length
                + "\r\nAuthorization: Bearer " + eve.token() + "\r\n\r\n" + body;
    }

    @Test
    void readersThatTakeNothing() {
        attack(get("/docs/swagger-ui-bundle.js", "*/*").repeat(4));
    }

    @Test
    void longPagesOfMessagesThatNobodyTakes() {
        attack(get("/v1/groups/long/messages?limit=1000", "*/*").repeat(8));
    }

    @Test
    void longAnswersOfPollsThatNobodyTakes() {
        attack(get("/v1/updates?limit=1000", "application/json").repeat(8));
    }

    @Test
    void streamsThatNobodyReads() {
        attack(get("/v1/updates?limit=1000", "text/event-stream"));
    }

    @Test
    void bodiesThatNeverEnd() {
        attack(post("/v1/groups", "{\"name\":\"" + "x".repeat(900_000), 1_000_000));
    }

    @Test
    void bodiesThatBecomeMuchLongerWhenTheyAreParsed() {
        String ids = IntStream.range(0, 100_000).mapToObj("\"%06d\""::formatted).collect(Collectors.joining(","));
        String body = "{\"ids\":[" + ids + "]}";
        assertTrue(body.length() < 1 << 20);

        attack(post("/v1/groups/long/members", body, body.length()));
    }
}
