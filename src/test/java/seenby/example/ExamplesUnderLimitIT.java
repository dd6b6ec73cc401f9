package seenby.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seenby.example.ExampleRun.Program;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** The programs in {@code examples/} under a rate limit: each waits for {@code Retry-After} and continues. */
class ExamplesUnderLimitIT {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("rate.requests_per_second=2");

    /** Allows for inexact clocks and threads. */
    private static final Duration ALMOST_A_SECOND = Duration.ofMillis(950);

    private final RecordingProxy proxy = new RecordingProxy(SERVER::port);
    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);

    @TempDir
    private Path directory = Path.of("");

    private volatile boolean ended;
    private CompletableFuture<Void> requests = CompletableFuture.completedFuture(null);

    /** Sends requests until the program, which starts later, is refused once. */
    @BeforeEach
    void useUpTheRateLimit() {
        requests = CompletableFuture.runAsync(() -> {
            while (!isRefused() && !ended) {
                bob.get("/v1/me");
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        ended = true;
        requests.join();
        proxy.close();
    }

    private boolean isRefused() {
        return proxy.answered(429) > 0;
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "PYTHON"})
    void readerWaitsForRetryAfter(Program program) {
        ann.send(group, "hello");
        List<String> words = program == Program.READ
                ? List.of(proxy.url())
                : List.of(proxy.url(), directory.resolve("state.json").toString());
        try (ExampleRun example = program.start(directory, bob.token(), words)) {
            example.await("the program is refused", this::isRefused);
            example.await("the program continues", () -> proxy.pauseAfter(429).isPresent());
            example.await("it prints", () -> !example.printed().isEmpty());

            assertEquals(List.of(1L), example.printed());
            assertTrue(proxy.pauseAfter(429).orElseThrow().compareTo(ALMOST_A_SECOND) > 0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ANNOUNCE", "JAVA"})
    void senderWaitsForRetryAfter(Program program) {
        try (ExampleRun example = program.start(directory, bob.token(), List.of(proxy.url(), group, "hello"))) {
            example.await("the program is refused", this::isRefused);
            example.await("the program continues", () -> proxy.pauseAfter(429).isPresent());
            example.await("the message is sent", () -> proxy.answered(201) > 0);

            assertTrue(proxy.pauseAfter(429).orElseThrow().compareTo(ALMOST_A_SECOND) > 0);
        }
    }

    @Test
    void chatContinuesInBothDirections() {
        ann.send(group, "hello");
        try (ExampleRun example = Program.CLI.start(directory, bob.token(), List.of(proxy.url(), group))) {
            example.type("hello to you");
            example.await("the program is refused", this::isRefused);
            example.await("the program continues", () -> example.printed().equals(List.of(1L, 2L)));
        }
    }
}
