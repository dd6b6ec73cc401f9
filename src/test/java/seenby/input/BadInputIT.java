package seenby.input;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import seenby.docs.OpenApi;
import seenby.docs.OpenApiNode;
import seenby.support.KeptConnection;
import seenby.support.RawAnswer;
import seenby.support.RefusalFixture;
import seenby.support.ServerProcess;
import seenby.support.TestRedis;

/** Bad requests by the thousand: each is refused in words that name its fault, and changes nothing. */
class BadInputIT {
    private static final long SEED = 20_261_127;
    private static final int FEW = 1_500;
    private static final int MANY = 20_000;

    private static final OpenApi API = OpenApi.read();
    private static final OpenApiNode PROBLEM = API.root().at("components", "schemas", "Problem");

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    @TempDir
    private static Path directory = Path.of("");

    private static Optional<ServerProcess> server = Optional.empty();
    private static Optional<RefusalFixture> fixture = Optional.empty();

    @BeforeAll
    static void start() {
        ServerProcess started =
                ServerProcess.start(directory, "redis.url=" + REDIS.url(), "rate.requests_per_second=0");
        server = Optional.of(started);
        RefusalFixture data = new RefusalFixture(started.admin(), REDIS);
        // the description's examples name this user, too
        data.ann.newUser(Map.of("id", "dave"));
        data.again();
        fixture = Optional.of(data);
    }

    @AfterAll
    static void stop() {
        server.ifPresent(ServerProcess::close);
    }

    @Test
    void eachIsRefusedByTheNameOfItsFaultAndChangesNothing() {
        send(SEED, FEW);
        send(new Random().nextLong(), FEW);
    }

    @Test
    @Tag("soak")
    void eachOfTwentyThousandIsRefusedAndChangesNothing() {
        send(new Random().nextLong(), MANY);
    }

    private static void send(long seed, int atLeast) {
        BadRequests requests = new BadRequests(API, fixture.orElseThrow().ann.token(), Draw.of(seed));
        for (int sent = 0; sent < atLeast; ) {
            for (List<BadRequest> ofOneCall : requests.round()) {
                int before = sent;
                check(() -> send(ofOneCall), () -> "seed " + seed + ", after " + before + " requests");
                sent += ofOneCall.size();
            }
        }
    }

    private static void send(List<BadRequest> ofOneCall) {
        String log = log();
        try (KeptConnection connection = new KeptConnection(server.orElseThrow()::port)) {
            ofOneCall.forEach(request ->
                    check(() -> assertRefused(request, connection.exchange(request.bytes())), request::toString));
            assertUsable(connection);
        }
        check(
                () -> {
                    fixture.orElseThrow().unchanged();
                    assertEquals(log, log(), "the log");
                },
                ofOneCall::toString);
    }

    /** Without the line for each wrong token, which is wanted. */
    private static String log() {
        return server.orElseThrow()
                .err()
                .lines()
                .filter(line -> !line.endsWith("Wrong token from 127.0.0.1."))
                .collect(Collectors.joining("\n"));
    }

    /** A failure says what was sent. */
    private static void check(Runnable check, Supplier<String> sent) {
        try {
            check.run();
        } catch (AssertionError e) {
            throw new AssertionError(sent.get() + "\n" + e.getMessage(), e);
        }
    }

    private static void assertRefused(BadRequest request, RawAnswer answer) {
        assertTrue(request.statuses().contains(answer.status()), answer::toString);
        assertEquals("application/problem+json", answer.header("Content-Type"), answer::toString);
        JsonNode problem = answer.json();
        assertEquals(List.of(), PROBLEM.violations(problem), answer::toString);
        assertEquals(answer.status(), problem.get("status").asInt());
        assertTrue(
                request.named()
                        .matcher(problem.path("field").asText() + ": "
                                + problem.get("detail").asText())
                        .find(),
                answer::toString);
        assertPrintable(String.join("", answer.headers()) + answer.statusLine() + answer.body());
    }

    private static void assertPrintable(String text) {
        assertTrue(text.codePoints().noneMatch(Character::isISOControl), text);
    }

    private static void assertUsable(KeptConnection connection) {
        String token = fixture.orElseThrow().ann.token();
        String request = "GET /v1/me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token + "\r\n\r\n";

        RawAnswer answer = connection.exchange(request.getBytes(US_ASCII));

        assertEquals(200, answer.status(), answer::toString);
        assertEquals("ann", answer.json().get("id").asText());
    }
}
