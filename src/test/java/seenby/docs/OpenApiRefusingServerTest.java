package seenby.docs;

import static seenby.support.Eventually.eventually;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seenby.Seenby;
import seenby.config.ConfigSources;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.ExternalRedis;
import seenby.support.RunningServer;

/** Problems of a server that limits its callers, is configured to refuse, or has no Redis. */
class OpenApiRefusingServerTest {
    private static final int TRIES = 20;
    private static final String TOKEN = "the-admin-token-of-the-tests";

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer("rate.requests_per_second=5", "receipts.opt_out=locked", "groups.create=admins");

    private static ApiClient eve;

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void createData() {
        eve = SERVER.user("eve");
    }

    static Stream<Operation> withToken() {
        return OpenApiContract.API.operations().stream().filter(Operation::needsToken);
    }

    private static Answer call(ApiClient caller, Operation operation) {
        return caller.call(
                operation.method().toUpperCase(Locale.ROOT),
                OpenApiContract.example(operation).target(),
                BodyPublishers.noBody(),
                Map.of());
    }

    /** Sends requests until the limit is reached, then this one; it may still pass when the limit just refilled. */
    private static Answer refused(ApiClient caller, Operation operation) {
        return Stream.generate(() -> {
                    eventually(
                            "the limit is reached", () -> caller.get("/v1/me").status() == 429);
                    return call(caller, operation);
                })
                .limit(TRIES)
                .filter(answer -> answer.status() == 429)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("withToken")
    void aCallBeyondTheRateLimitIsToldWhenToRetry(Operation operation) {
        OpenApiContract.assertProblem(operation, 429, refused(eve, operation));
    }

    @Test
    void aCallThatTheConfigurationDoesNotAllowIsForbidden() {
        ApiClient ann = SERVER.user("ann");

        OpenApiContract.assertProblem(
                OpenApiContract.operation("createGroup"), 403, ann.post("/v1/groups", Map.of("id", "ops")));
        OpenApiContract.assertProblem(
                OpenApiContract.operation("changeMe"), 403, ann.patch("/v1/me", Map.of("send_read_receipts", false)));
    }

    @Test
    void withoutRedisEveryCallIsUnavailable() throws IOException {
        try (ExternalRedis redis = ExternalRedis.start(directory)) {
            List<String> flags = List.of(
                    "--http.port=0",
                    "--data.dir=" + directory.resolve("data"),
                    "--redis.url=" + redis.url("default"),
                    "--admin.token=" + TOKEN);
            try (Seenby seenby = Seenby.start(ConfigSources.read(flags, Map.of(), directory))) {
                ApiClient admin = new ApiClient(seenby::port, "admin", TOKEN);
                redis.kill();

                withToken().forEach(operation -> OpenApiContract.assertProblem(operation, 503, call(admin, operation)));
                Operation ready = OpenApiContract.operation("getReadiness");
                OpenApiContract.assertProblem(ready, 503, call(admin, ready));
            }
        }
    }
}
