package seenby.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.json.Json;
import seenby.support.ApiClient;
import seenby.support.RawClient;
import seenby.support.ServerProcess;

/** The log in both of its formats, with a line for each request. */
class LogIT {
    private static final String ACCESS = "AccessLog";
    private static final String TEXT = "the-secret-text";
    private static final String WRONG_TOKEN = "a-wrong-token-of-forty-three-characters-xyz";

    @TempDir
    private Path directory = Path.of("");

    /** Returns the tokens that it has used. */
    private static List<String> talk(ServerProcess server) {
        ApiClient admin = server.admin();
        ApiClient ann = server.user("ann");
        admin.call(
                        "GET",
                        "/v1/me",
                        BodyPublishers.noBody(),
                        Map.of("X-Forwarded-For", "203.0.113.7", "X-Request-Id", "mine"))
                .expect(200);
        ann.post("/v1/groups", Map.of("id", "ops")).expect(201);
        ann.send("ops", TEXT);
        String since = ann.poll("").get("next").asText();
        ann.get("/v1/updates?timeout=1&since=" + since).expect(200);
        ann.get("/v1/me?token=" + ann.token()).expect(422);
        ann.get("/v1/groups/ops/messages?q=" + TEXT).expect(422);
        new ApiClient(server::port, "eve", WRONG_TOKEN).get("/v1/me").expect(401);
        try (RawClient client = new RawClient(server.port())) {
            assertTrue(client.send("NONSENSE\r\n\r\n").read(400).contains(" 400 "));
        }
        return List.of(admin.token(), ann.token(), since, WRONG_TOKEN, TEXT);
    }

    @Test
    void eachRequestHasAPlainLineWithoutATokenOrAText() {
        try (ServerProcess server =
                ServerProcess.start(directory, "log.access=true", "http.trusted_proxies=127.0.0.1")) {
            List<String> secrets = talk(server);
            eventually("all are logged", () -> server.err(ACCESS).size() >= 10);

            assertIn(
                    server.err(),
                    "client=203.0.113.7 user=admin method=GET path=/v1/me status=200 bytes=\\d+ handled_ms=\\d+"
                            + " waited_ms=0 request=mine answered");
            assertIn(server.err(), "user=ann method=GET path=/v1/updates status=200 .* waited_ms=(9|1\\d)\\d\\d ");
            assertIn(server.err(), "client=127.0.0.1 user=- method=GET path=/v1/me status=401 ");
            secrets.forEach(secret -> assertEquals(List.of(), server.err(secret)));
        }
    }

    private static void assertIn(String log, String line) {
        assertTrue(
                Pattern.compile("(?m)^.{24} \\[INFO] AccessLog - .*" + line)
                        .matcher(log)
                        .find(),
                log);
    }

    @Test
    void eachLineIsJsonIfThatIsChosen() throws JsonProcessingException {
        try (ServerProcess server = ServerProcess.start(directory, "log.access=true", "log.format=json")) {
            List<String> secrets = talk(server);
            eventually("all are logged", () -> server.err(ACCESS).size() >= 10);
            server.stop();

            List<JsonNode> requests = new ArrayList<>();
            for (String line : server.err().lines().toList()) {
                JsonNode json = Json.read(line);
                assertEquals(
                        List.of("time", "level", "logger", "message"),
                        names(json).subList(0, 4),
                        line);
                assertFalse(Instant.parse(json.get("time").asText()).isAfter(Instant.now()));
                if (json.get("logger").asText().endsWith(ACCESS)) {
                    requests.add(json);
                }
            }
            secrets.forEach(secret -> assertEquals(List.of(), server.err(secret)));
            JsonNode mine = requests.stream()
                    .filter(json -> json.get("request").asText().equals("mine"))
                    .findFirst()
                    .orElseThrow();
            assertEquals("admin", mine.get("user").asText());
            assertEquals("/v1/me", mine.get("path").asText());
            assertEquals(200, mine.get("status").asInt());
            assertTrue(mine.get("bytes").asInt() > 10);
        }
    }

    private static List<String> names(JsonNode json) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void requestsHaveNoLineUnlessThatIsChosen() {
        try (ServerProcess server = ServerProcess.start(directory)) {
            talk(server);
            server.stop();

            assertEquals(List.of(), server.err(ACCESS));
        }
    }
}
