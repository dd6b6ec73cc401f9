package seenby.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seenby.example.ExampleRun.Program;
import seenby.support.RunningServer;

/** The programs in {@code examples/} that read: they print each message once, in order, and ack it. */
@Order(1) // one of the longest
class ExampleReadersIT {
    private static final Pattern POLL =
            Pattern.compile("\\{\"since\": \"[^\"]*\"(?:, \"timeout\": \\d+)?(?:, \"ack\": (\\{.*?}))?}");

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    @RegisterExtension
    private final ReaderFixture reader = new ReaderFixture(SERVER);

    @ParameterizedTest
    @EnumSource(names = {"READ", "PYTHON", "CLI"})
    void restartsOfServerAndProgramLoseOrRepeatNoMessage(Program program) {
        reader.send(12);
        try (ExampleRun example = reader.start(program)) {
            reader.assertReads(example, 1, 12);

            reader.whileTheServerIsDown(
                    () -> example.await("the program finds no server", () -> reader.proxy.failedConnections() > 0));
            reader.send(3);
            reader.assertReads(example, 1, 15);
        }
        reader.send(2);
        try (ExampleRun example = reader.start(program)) {
            reader.assertReads(example, 16, 17);
            reader.send(1);
            reader.assertReads(example, 16, 18);
            assertEquals(
                    3,
                    example.out()
                            .lines()
                            .filter(line -> line.matches(".*one.*more.*🚀.*"))
                            .count());
            assertEquals(-1, example.out().indexOf('\u001b'));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "PYTHON", "CLI"})
    void refusedAcksAreRepeated(Program program) {
        reader.send(10);
        SERVER.redis().client().configSet("min-replicas-to-write", "1");
        try (ExampleRun example = reader.start(program)) {
            example.await("an ack is refused", () -> reader.proxy.answered(503) > 0);
            assertEquals(0, reader.ann.receipts(reader.group, 10).get("read").asLong());

            SERVER.redis().client().configSet("min-replicas-to-write", "0");

            reader.assertReads(example, 1, 10);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "PYTHON", "CLI"})
    void aRevokedTokenEndsTheProgram(Program program) {
        reader.send(1);
        try (ExampleRun example = reader.start(program)) {
            reader.assertReads(example, 1, 1);

            SERVER.admin().post("/v1/users/" + reader.bob.id() + "/token").expect(200);

            assertNotEquals(0, example.awaitExit());
            assertTrue(example.err().contains("Send a valid token"), example.err());
        }
    }

    @Test
    void pythonAcksTenMessagesAtOnce() {
        reader.send(10);
        try (ExampleRun example = reader.start(Program.PYTHON)) {
            reader.assertReads(example, 1, 10);
            assertEquals(List.of("none", "{\"" + reader.group + "\": 10}"), acks().subList(0, 2));
        }
    }

    @Test
    void pythonAcksFewerWhenNoMoreMessagesCome() {
        reader.send(9);
        try (ExampleRun example = reader.start(Program.PYTHON)) {
            reader.assertReads(example, 1, 9);
            assertEquals(List.of("none", "none", "{\"" + reader.group + "\": 9}"), acks().subList(0, 3));
        }
    }

    /** The acks in each poll so far. */
    private List<String> acks() {
        return POLL.matcher(reader.proxy.sent())
                .results()
                .map(poll -> poll.group(1) == null ? "none" : poll.group(1))
                .toList();
    }

    @Test
    void pythonRepeatsNothingIfItWasKilledBeforeItSavedItsPosition() throws IOException {
        reader.send(3);
        try (ExampleRun example = reader.start(Program.PYTHON)) {
            example.await("it saves what it printed", () -> reader.state().contains("{\"" + reader.group + "\": 3}"));
        }
        Files.writeString(reader.stateFile(), reader.state().replaceFirst("\"next\": \"[^\"]*\"", "\"next\": \"\""));

        try (ExampleRun example = reader.start(Program.PYTHON)) {
            reader.send(1);
            reader.assertReads(example, 4, 4);
        }
    }
}
