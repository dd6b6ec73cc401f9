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

/** The programs in {@code examples/}, whose user asks too often: each waits as long as it is told, and goes on. */
class ExamplesUnderLimitIT {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("rate.requests_per_second=2");

    /** Clocks and threads are not that exact. */
    private static final Duration ALMOST_A_SECOND = Duration.ofMillis(950);

    private final RecordingProxy wire = new RecordingProxy(SERVER::port);
    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);

    @TempDir
    private Path directory = Path.of("");

    private volatile boolean over;
    private CompletableFuture<Void> busy = CompletableFuture.completedFuture(null);

    /** Until the program, which begins after it, is refused once. */
    @BeforeEach
    void useUpTheRate() {
        busy = CompletableFuture.runAsync(() -> {
            while (!isRefused() && !over) {
                bob.get("/v1/me");
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        over = true;
        busy.join();
        wire.close();
    }

    private boolean isRefused() {
        return wire.answered(429) > 0;
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "PYTHON"})
    void readerWaitsAsLongAsItIsTold(Program program) {
        ann.send(group, "hello");
        List<String> words = program == Program.READ
                ? List.of(wire.url())
                : List.of(wire.url(), directory.resolve("state.json").toString());
        try (ExampleRun example = program.start(directory, bob.token(), words)) {
            example.awaits("it is refused", this::isRefused);
            example.awaits("it goes on", () -> wire.pauseAfter(429).isPresent());
            example.awaits("it prints", () -> !example.printed().isEmpty());

            assertEquals(List.of(1L), example.printed());
            assertTrue(wire.pauseAfter(429).orElseThrow().compareTo(ALMOST_A_SECOND) > 0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ANNOUNCE", "JAVA"})
    void senderWaitsAsLongAsItIsTold(Program program) {
        try (ExampleRun example = program.start(directory, bob.token(), List.of(wire.url(), group, "hello"))) {
            example.awaits("it is refused", this::isRefused);
            example.awaits("it goes on", () -> wire.pauseAfter(429).isPresent());
            example.awaits("it is sent", () -> wire.answered(201) > 0);

            assertTrue(wire.pauseAfter(429).orElseThrow().compareTo(ALMOST_A_SECOND) > 0);
        }
    }

    @Test
    void chatGoesOnInBothDirections() {
        ann.send(group, "hello");
        try (ExampleRun example = Program.CLI.start(directory, bob.token(), List.of(wire.url(), group))) {
            example.type("hello to you");
            example.awaits("it is refused", this::isRefused);
            example.awaits("it goes on", () -> example.printed().equals(List.of(1L, 2L)));
        }
    }
}
