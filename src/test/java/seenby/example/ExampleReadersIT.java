package seenby.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import seenby.example.ExampleRun.Program;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** The programs in {@code examples/} that read: they print each message once, in order, and ack it. */
@Order(1) // one of the longest
class ExampleReadersIT {
    private static final Pattern POLL =
            Pattern.compile("\\{\"since\": \"[^\"]*\"(?:, \"timeout\": \\d+)?(?:, \"ack\": (\\{.*?}))?}");

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private final RecordingProxy proxy = new RecordingProxy(SERVER::port);
    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void allowWritesAgain() throws IOException {
        SERVER.redis().client().configSet("min-replicas-to-write", "0");
        proxy.close();
    }

    private Path stateFile() {
        return directory.resolve("state.json");
    }

    private String state() {
        try {
            return Files.exists(stateFile()) ? Files.readString(stateFile()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ExampleRun start(Program program) {
        List<String> words = new ArrayList<>(List.of(proxy.url()));
        if (program == Program.PYTHON) {
            words.add(stateFile().toString());
        } else if (program == Program.CLI) {
            words.add(group);
        }
        return program.start(directory, bob.token(), words);
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            ann.send(group, "one\nmore \u001b[31m 🚀");
        }
    }

    /** Waits until exactly these messages are printed and ann's receipts show them as read. */
    private void assertReads(ExampleRun example, long from, long upto) {
        List<Long> ids = LongStream.rangeClosed(from, upto).boxed().toList();
        example.await(
                "printed and acked up to " + upto,
                () -> example.printed().containsAll(ids)
                        && ann.receipts(group, upto).get("read").asLong() == 1);
        assertEquals(ids, example.printed());
        for (long id = from; id <= upto; id++) {
            assertEquals(1, ann.receipts(group, id).get("read").asLong());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "PYTHON", "CLI"})
    void restartsOfServerAndProgramLoseOrRepeatNoMessage(Program program) {
        send(12);
        try (ExampleRun example = start(program)) {
            assertReads(example, 1, 12);

            whileTheServerIsDown(
                    () -> example.await("the program finds no server", () -> proxy.failedConnections() > 0));
            send(3);
            assertReads(example, 1, 15);
        }
        send(2);
        try (ExampleRun example = start(program)) {
            assertReads(example, 16, 17);
            send(1);
            assertReads(example, 16, 18);
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
        send(10);
        SERVER.redis().client().configSet("min-replicas-to-write", "1");
        try (ExampleRun example = start(program)) {
            example.await("an ack is refused", () -> proxy.answered(503) > 0);
            assertEquals(0, ann.receipts(group, 10).get("read").asLong());

            SERVER.redis().client().configSet("min-replicas-to-write", "0");

            assertReads(example, 1, 10);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "PYTHON", "CLI"})
    void aRevokedTokenEndsTheProgram(Program program) {
        send(1);
        try (ExampleRun example = start(program)) {
            assertReads(example, 1, 1);

            SERVER.admin().post("/v1/users/" + bob.id() + "/token").expect(200);

            assertNotEquals(0, example.awaitExit());
            assertTrue(example.err().contains("Send a valid token"), example.err());
        }
    }

    @Test
    void pythonAcksTenMessagesAtOnce() {
        send(10);
        try (ExampleRun example = start(Program.PYTHON)) {
            assertReads(example, 1, 10);
            assertEquals(List.of("none", "{\"" + group + "\": 10}"), acks().subList(0, 2));
        }
    }

    @Test
    void pythonAcksFewerWhenNoMoreMessagesCome() {
        send(9);
        try (ExampleRun example = start(Program.PYTHON)) {
            assertReads(example, 1, 9);
            assertEquals(List.of("none", "none", "{\"" + group + "\": 9}"), acks().subList(0, 3));
        }
    }

    /** The acks in each poll so far. */
    private List<String> acks() {
        return POLL.matcher(proxy.sent())
                .results()
                .map(poll -> poll.group(1) == null ? "none" : poll.group(1))
                .toList();
    }

    @Test
    void pythonRepeatsNothingIfItWasKilledBeforeItSavedItsPosition() throws IOException {
        send(3);
        try (ExampleRun example = start(Program.PYTHON)) {
            example.await("it saves what it printed", () -> state().contains("{\"" + group + "\": 3}"));
        }
        Files.writeString(stateFile(), state().replaceFirst("\"next\": \"[^\"]*\"", "\"next\": \"\""));

        try (ExampleRun example = start(Program.PYTHON)) {
            send(1);
            assertReads(example, 4, 4);
        }
    }

    /** Returns when the program has acked so many messages, saved its position and ended. */
    private void readWithPython(int count) {
        send(count);
        try (ExampleRun example = start(Program.PYTHON)) {
            example.await(
                    "it saves its position",
                    () -> state().contains("{\"" + group + "\": " + count + "}")
                            && !state().contains("\"next\": \"\""));
        }
    }

    @Test
    void pythonBeginsAgainIfTheServerDoesNotKnowItsPosition() throws IOException {
        readWithPython(12);
        Files.writeString(stateFile(), state().replaceFirst("\"next\": \"[^\"]*\"", "\"next\": \"unknown\""));
        send(1);

        try (ExampleRun example = start(Program.PYTHON)) {
            assertReads(example, bobsLastAck() + 1, 13);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "PYTHON", "CLI"})
    void aProgramWhosePositionIsRefusedWhileItRunsBeginsAgain(Program program) {
        send(2);
        try (ExampleRun example = start(program)) {
            assertReads(example, 1, 2);
            whileTheServerIsDown(() -> forgetPositions(program));
            send(1);
            assertReads(example, 1, 3);
        }
    }

    private static void whileTheServerIsDown(Runnable change) {
        SERVER.stop();
        change.run();
        SERVER.start();
    }

    /** From then on the server refuses every position that it gave before. */
    private static void forgetPositions(Program program) {
        SERVER.redis().client().set("sb:secret", "of another server, whose name is " + program);
    }

    /** The keys of the group, as a backup has them. */
    private Map<String, byte[]> backup() {
        RedisClient redis = SERVER.redis().client();
        return redis.keys("sb:{" + group + "}:*").stream().collect(Collectors.toMap(key -> key, redis::dump));
    }

    private void restore(Map<String, byte[]> backup) {
        RedisClient redis = SERVER.redis().client();
        redis.del("sb:line");
        redis.keys("sb:{" + group + "}:*").forEach(redis::del);
        backup.forEach((key, content) -> redis.restore(key, 0, content));
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "PYTHON", "CLI"})
    void aProgramThatRunsReadsWhatIsNewAfterARestoreOfTheServer(Program program) {
        send(2);
        try (ExampleRun example = start(program)) {
            assertReads(example, 1, 2);
            Map<String, byte[]> backup = backup();
            send(1);
            assertReads(example, 1, 3);
            whileTheServerIsDown(() -> restore(backup));
            send(1);

            example.await(
                    "the new message 3 is printed", () -> example.printed().equals(List.of(1L, 2L, 3L, 3L)));
            example.await("and acked", () -> bobsLastAck() == 3);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void javaTellsTheTruthAfterItsPositionWasLost(boolean restored) {
        try (ExampleRun example = startJava()) {
            whileTheServerIsDown(() -> {
                if (restored) {
                    SERVER.redis().client().del("sb:line");
                } else {
                    forgetPositions(Program.JAVA);
                }
            });
            bob.ack(group, 1);

            assertEquals(0, example.awaitExit(), example::toString);
            assertTrue(example.out().contains("Nobody else owes a receipt."), example::toString);
        }
    }

    @Test
    void javaWaitsForAReaderAfterItsPositionWasLost() {
        try (ExampleRun example = startJava()) {
            whileTheServerIsDown(() -> forgetPositions(Program.CLI));
            SERVER.awaitPolls(1);
            bob.ack(group, 1);

            assertEquals(0, example.awaitExit(), example::toString);
            assertTrue(example.out().contains(bob.id() + " read it at "), example::toString);
        }
    }

    /** Returns when its message is sent and it polls for receipts. */
    private ExampleRun startJava() {
        ExampleRun example = Program.JAVA.start(directory, ann.token(), List.of(proxy.url(), group, "hello"));
        example.await(
                "it has sent its message",
                () -> ann.get("/v1/groups/" + group).json().get("last_id").asLong() == 1);
        SERVER.awaitPolls(1);
        return example;
    }

    @Test
    void pythonReadsWhatIsNewAfterARestoreOfTheServer() {
        send(12);
        try (ExampleRun example = start(Program.PYTHON)) {
            example.await("all is acked", () -> bobsLastAck() == 12);
        }
        String info = "sb:{" + group + "}:info";
        SERVER.redis().client().hset(info, "last_id", "10");
        SERVER.redis().client().xdel("sb:{" + group + "}:messages", new StreamEntryID(11), new StreamEntryID(12));
        SERVER.redis().client().hset("sb:{" + group + "}:acks", bob.id(), "9");

        try (ExampleRun example = start(Program.PYTHON)) {
            assertReads(example, 10, 10);
        }
    }

    private long bobsLastAck() {
        return bob.get("/v1/groups/" + group).json().get("last_ack").asLong();
    }

    @Test
    void pythonReadsANewGroupWithTheSameId() {
        readWithPython(12);
        ann.delete("/v1/groups/" + group).expect(204);
        ann.post("/v1/groups", Map.of("id", group, "members", List.of(bob.id())))
                .expect(201);
        send(1);

        try (ExampleRun example = start(Program.PYTHON)) {
            assertReads(example, 1, 1);
        }
    }
}
