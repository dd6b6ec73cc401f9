package seenby.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import seenby.example.ExampleRun.Program;
import seenby.support.RunningServer;

/** The programs in {@code examples/} whose position is lost: the server does not know it, or was restored. */
@Order(1) // one of the longest
class ExamplePositionsIT {
    private static final Pattern POLL_FROM_A_NEW_POSITION =
            Pattern.compile("(?s)since=&timeout=0 .*since=[^&]+&timeout=25 ");

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    @RegisterExtension
    private final ReaderFixture reader = new ReaderFixture(SERVER);

    @Test
    void pythonBeginsAgainIfTheServerDoesNotKnowItsPosition() throws IOException {
        reader.readWithPython(12);
        Files.writeString(
                reader.stateFile(), reader.state().replaceFirst("\"next\": \"[^\"]*\"", "\"next\": \"unknown\""));
        reader.send(1);

        try (ExampleRun example = reader.start(Program.PYTHON)) {
            reader.assertReads(example, reader.bobsLastAck() + 1, 13);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "PYTHON", "CLI"})
    void aProgramWhosePositionIsRefusedWhileItRunsBeginsAgain(Program program) {
        reader.send(2);
        try (ExampleRun example = reader.start(program)) {
            reader.assertReads(example, 1, 2);
            reader.whileTheServerIsDown(() -> forgetPositions(program));
            reader.send(1);
            reader.assertReads(example, 1, 3);
        }
    }

    /** From then on the server refuses every position that it gave before. */
    private static void forgetPositions(Program program) {
        SERVER.redis().client().set("sb:secret", "of another server, whose name is " + program);
    }

    /** The keys of the group, as a backup has them. */
    private Map<String, byte[]> backup() {
        RedisClient redis = SERVER.redis().client();
        return redis.keys("sb:{" + reader.group + "}:*").stream().collect(Collectors.toMap(key -> key, redis::dump));
    }

    private void restore(Map<String, byte[]> backup) {
        RedisClient redis = SERVER.redis().client();
        redis.del("sb:line");
        redis.keys("sb:{" + reader.group + "}:*").forEach(redis::del);
        backup.forEach((key, content) -> redis.restore(key, 0, content));
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "PYTHON", "CLI"})
    void aProgramThatRunsReadsWhatIsNewAfterARestoreOfTheServer(Program program) {
        reader.send(2);
        try (ExampleRun example = reader.start(program)) {
            reader.assertReads(example, 1, 2);
            Map<String, byte[]> backup = backup();
            reader.send(1);
            reader.assertReads(example, 1, 3);
            reader.whileTheServerIsDown(() -> restore(backup));
            reader.send(1);

            example.await(
                    "the new message 3 is printed", () -> example.printed().equals(List.of(1L, 2L, 3L, 3L)));
            example.await("and acked", () -> reader.bobsLastAck() == 3);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void javaTellsTheTruthAfterItsPositionWasLost(boolean restored) {
        try (ExampleRun example = startJava()) {
            reader.whileTheServerIsDown(() -> {
                if (restored) {
                    SERVER.redis().client().del("sb:line");
                } else {
                    forgetPositions(Program.JAVA);
                }
            });
            reader.bob.ack(reader.group, 1);

            assertEquals(0, example.awaitExit(), example::toString);
            assertTrue(example.out().contains("Nobody else owes a receipt."), example::toString);
        }
    }

    @Test
    void javaWaitsForAReaderAfterItsPositionWasLost() {
        try (ExampleRun example = startJava()) {
            reader.whileTheServerIsDown(() -> forgetPositions(Program.CLI));
            example.await(
                    "it polls from a new position",
                    () -> POLL_FROM_A_NEW_POSITION.matcher(reader.proxy.sent()).find());
            reader.bob.ack(reader.group, 1);

            assertEquals(0, example.awaitExit(), example::toString);
            assertTrue(example.out().contains(reader.bob.id() + " read it at "), example::toString);
        }
    }

    /** Returns when its message is sent and it has looked at the receipts. */
    private ExampleRun startJava() {
        ExampleRun example = Program.JAVA.start(
                reader.directory, reader.ann.token(), List.of(reader.proxy.url(), reader.group, "hello"));
        String receipts = "GET /v1/groups/" + reader.group + "/messages/1/receipts?list=none";
        example.await("it looks at the receipts", () -> reader.proxy.answered(receipts, 200) > 0);
        return example;
    }

    @Test
    void pythonReadsWhatIsNewAfterARestoreOfTheServer() {
        reader.send(12);
        try (ExampleRun example = reader.start(Program.PYTHON)) {
            example.await("all is acked", () -> reader.bobsLastAck() == 12);
        }
        String info = "sb:{" + reader.group + "}:info";
        SERVER.redis().client().hset(info, "last_id", "10");
        SERVER.redis()
                .client()
                .xdel("sb:{" + reader.group + "}:messages", new StreamEntryID(11), new StreamEntryID(12));
        SERVER.redis().client().hset("sb:{" + reader.group + "}:acks", reader.bob.id(), "9");

        try (ExampleRun example = reader.start(Program.PYTHON)) {
            reader.assertReads(example, 10, 10);
        }
    }

    @Test
    void pythonReadsANewGroupWithTheSameId() {
        reader.readWithPython(12);
        reader.ann.delete("/v1/groups/" + reader.group).expect(204);
        reader.ann
                .post("/v1/groups", Map.of("id", reader.group, "members", List.of(reader.bob.id())))
                .expect(201);
        reader.send(1);

        try (ExampleRun example = reader.start(Program.PYTHON)) {
            reader.assertReads(example, 1, 1);
        }
    }
}
