package seenby.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seenby.example.ExampleRun.Program;
import seenby.support.ApiClient;
import seenby.support.RunningServer;
import seenby.support.Tools;

/** The programs in {@code examples/}, started before their server: each says so, and works once the server runs. */
@Order(1) // one of the longest
class ExamplesWithoutServerIT {
    private static final int PORT = Tools.freePort();
    private static final Pattern PAUSE = Pattern.compile("; trying again in (\\d+) s");

    /** The first two pauses; allows for inexact clocks. */
    private static final Duration ALMOST_THREE_SECONDS = Duration.ofMillis(2950);

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("http.port=" + PORT);

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void sendAndStop() {
        ann.send(group, "one");
        SERVER.stop();
    }

    @AfterEach
    void startServer() {
        SERVER.restart();
    }

    private ExampleRun start(Program program, ApiClient user, String... words) {
        List<String> all = new ArrayList<>(List.of("http://127.0.0.1:" + PORT));
        all.addAll(List.of(words));
        return program.start(directory, user.token(), all);
    }

    private static List<String> pauses(ExampleRun example) {
        return PAUSE.matcher(example.err())
                .results()
                .map(pause -> pause.group(1))
                .toList();
    }

    /** Returns after three attempts, each after a longer pause, as the program prints it and by the clock. */
    private static void assertRetriesWithGrowingPauses(ExampleRun example, long startNanos) {
        example.await("it has tried three times", () -> pauses(example).size() >= 3);
        Duration taken = Duration.ofNanos(System.nanoTime() - startNanos);

        assertEquals(List.of("1", "2", "4"), pauses(example).subList(0, 3));
        assertTrue(taken.compareTo(ALMOST_THREE_SECONDS) > 0, taken::toString);
        assertTrue(example.isAlive());
    }

    @ParameterizedTest
    @EnumSource(names = {"ANNOUNCE", "JAVA"})
    void senderSendsOnceTheServerRuns(Program program) {
        long begun = System.nanoTime();
        try (ExampleRun example = start(program, ann, group, "two")) {
            assertRetriesWithGrowingPauses(example, begun);
            SERVER.start();

            example.await("the message is sent", () -> lastId() == 2);
            bob.ack(group, 2);
            assertEquals(0, example.awaitExit(), example::toString);
        }
    }

    private long lastId() {
        JsonNode state = ann.get("/v1/groups/" + group).expect(200).json();
        return state.get("last_id").asLong();
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "PYTHON", "CLI"})
    void readerReadsOnceTheServerRuns(Program program) {
        String[] words = switch (program) {
            case PYTHON -> new String[] {directory.resolve("state.json").toString()};
            case CLI -> new String[] {group};
            default -> new String[0];
        };
        long begun = System.nanoTime();
        try (ExampleRun example = start(program, bob, words)) {
            assertRetriesWithGrowingPauses(example, begun);
            SERVER.start();

            example.await(
                    "the message is acked",
                    () -> ann.receipts(group, 1).get("read").asLong() == 1);
            assertEquals(List.of(1L), example.printed());
        }
    }
}
