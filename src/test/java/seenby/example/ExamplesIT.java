package seenby.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.example.ExampleRun.Program;
import seenby.support.ApiClient;
import seenby.support.RunningServer;
import seenby.support.Tools;

/** The programs in {@code examples/} that send, run as they stand; and what holds for all of them. */
class ExamplesIT {
    private static final Path EXAMPLES = Path.of("examples");
    private static final String TEXT = "@noon: \"deploy\" – all? 🚀";

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private final RecordingProxy wire = new RecordingProxy(SERVER::port);
    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient cem = SERVER.user("cem");
    private final String group = SERVER.group(ann, bob, cem);

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void takeWritesAgain() throws IOException {
        SERVER.redis().client().configSet("min-replicas-to-write", "0");
        wire.close();
    }

    private ExampleRun start(Program program, String token, String... more) {
        List<String> words = new ArrayList<>(List.of(wire.url()));
        switch (program) {
            case ANNOUNCE, JAVA -> words.addAll(List.of(group, TEXT));
            case CLI -> words.add(group);
            case PYTHON -> words.add(directory.resolve("state.json").toString());
            case READ -> {}
        }
        words.addAll(List.of(more));
        return program.start(directory, token, words);
    }

    private List<String> sent() {
        return ApiClient.each(
                ann.get("/v1/groups/" + group + "/messages?after=0").json().get("messages"), "text");
    }

    @Test
    void announcerWaitsUntilAllHaveRead() {
        try (ExampleRun announce = start(Program.ANNOUNCE, ann.token())) {
            eventually("it is sent", () -> !sent().isEmpty());
            bob.ack(group, 1);
            announce.awaits("it waits for cem", () -> wire.said().contains("?wait=30"));
            assertTrue(announce.isAlive());
            cem.ack(group, 1);

            assertEquals(0, announce.awaitExit(), announce::toString);
            assertEquals("", announce.out());
            assertEquals(List.of(TEXT), sent());
        }
    }

    @Test
    void announcerNamesWhoHasNotReadItInTime() {
        try (ExampleRun announce = start(Program.ANNOUNCE, ann.token(), "2")) {
            eventually("it is sent", () -> !sent().isEmpty());
            bob.ack(group, 1);

            assertEquals(1, announce.awaitExit(), announce::toString);
            assertEquals(cem.id() + "\n", announce.out());
        }
    }

    @Test
    void announcerSaysWhenItCannotTell() {
        SERVER.stop();
        try (ExampleRun announce = start(Program.ANNOUNCE, ann.token(), "2")) {
            assertEquals(2, announce.awaitExit(), announce::toString);
            assertTrue(announce.err().contains("no answer in time"), announce.err());
        } finally {
            SERVER.start();
        }
    }

    @Test
    void javaPrintsReceiptsAsTheyCome() {
        try (ExampleRun java = start(Program.JAVA, ann.token())) {
            eventually("it is sent", () -> !sent().isEmpty());
            bob.ack(group, 1);
            java.awaits("bob is printed", () -> java.out().startsWith(bob.id() + " read it at 2"));
            assertTrue(java.isAlive());
            cem.ack(group, 1);

            assertEquals(0, java.awaitExit(), java::toString);
            assertEquals(
                    List.of(bob.id(), cem.id(), "Nobody"),
                    java.out().lines().map(line -> line.split(" ", 2)[0]).toList());
        }
    }

    @Test
    void javaWaitsForNobodyWhoHasLeftOrIsDeleted() {
        ApiClient dan = SERVER.user("dan");
        ann.put("/v1/groups/" + group + "/members/" + dan.id()).expect(201);
        try (ExampleRun java = start(Program.JAVA, ann.token())) {
            eventually("it is sent", () -> !sent().isEmpty());
            bob.ack(group, 1);
            java.awaits("bob is printed", () -> java.out().startsWith(bob.id() + " read it at 2"));
            cem.delete("/v1/groups/" + group + "/members/" + cem.id()).expect(204);
            SERVER.admin().delete("/v1/users/" + dan.id()).expect(204);
            assertTrue(java.isAlive());
            bob.send(group, "so that its poll does not end by its timeout only");

            assertEquals(0, java.awaitExit(), java::toString);
            assertEquals(2, java.out().lines().count(), java::toString);
            assertTrue(java.out().endsWith("\nNobody else owes a receipt.\n"), java::toString);
        }
    }

    @Test
    void javaSaysWhenItCannotTellAnyMore() {
        try (ExampleRun java = start(Program.JAVA, ann.token())) {
            eventually("it is sent", () -> !sent().isEmpty());
            ann.delete("/v1/groups/" + group).expect(204);

            assertEquals(2, java.awaitExit(), java::toString);
            assertEquals("", java.out());
            assertTrue(java.err().contains("There is no such group"), java::toString);
        }
    }

    /** Redis refuses writes, then no server is there, then the answer is lost: it is sent, and once. */
    @ParameterizedTest
    @EnumSource(names = {"ANNOUNCE", "CLI", "JAVA"})
    void messageIsSentOnceWhateverHappensOnTheWay(Program program) {
        SERVER.redis().client().configSet("min-replicas-to-write", "1");
        try (ExampleRun example = start(program, ann.token())) {
            if (program == Program.CLI) {
                example.type(TEXT);
            }
            example.awaits("it is refused", () -> wire.answered(503) > 0);
            SERVER.stop();
            example.awaits("it finds no server", () -> wire.hungUp() > 0);
            SERVER.redis().client().configSet("min-replicas-to-write", "0");
            wire.loseNext(201);
            SERVER.start();

            // what is sent again is answered with 200, as the message that it was
            String send = "POST /v1/groups/" + group + "/messages";
            example.awaits("it is sent again", () -> wire.answered(send, 200) + wire.answered(send, 201) > 1);
            bob.ack(group, 1);
            cem.ack(group, 1);

            if (program == Program.CLI) {
                example.awaits("receipts are printed", () -> example.out().contains(cem.id() + " has read 1 to 1"));
            } else {
                assertEquals(0, example.awaitExit(), example::toString);
            }
            assertEquals(List.of(TEXT), sent());
            assertEquals(1, wire.answered(send, 200));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tokenThatIsNotValidIsSaidAndEndsIt(Program program) {
        try (ExampleRun example = start(program, "not-a-token")) {
            assertNotEquals(0, example.awaitExit());
            assertTrue(example.err().contains("Send a valid token"), example.err());
            assertEquals(1, wire.answered(401));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tokenIsInNoUrlAndOnNoCommandLine(Program program) {
        ann.send(group, "so that each asks more than once");
        try (ExampleRun example = start(program, bob.token())) {
            example.awaits("it has asked and waits", () -> wire.answered(200) + wire.answered(201) > 0);

            assertFalse(String.join("\n", example.commandLines()).contains(bob.token()));
            assertFalse(Pattern.compile("(?m)^[A-Z]+ .*" + Pattern.quote(bob.token()))
                    .matcher(wire.said())
                    .find());
            assertTrue(wire.said().contains("Bearer " + bob.token()), wire.said());
        }
    }

    @Test
    void eachIsShorterThanEightyLinesAndStandsInTheTable() throws IOException {
        String table = Files.readString(EXAMPLES.resolve("README.md"));
        try (Stream<Path> files = Files.walk(EXAMPLES, 2)) {
            List<Path> programs = files.filter(file -> file.toString().matches(".*\\.(sh|py|js|java)"))
                    .toList();
            assertEquals(6, programs.size());
            for (Path program : programs) {
                assertTrue(Files.readAllLines(program).size() < 80, program::toString);
                assertTrue(table.contains("](" + EXAMPLES.relativize(program) + ")"), program::toString);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"announce.sh", "read.sh"})
    void shellScriptsAreWellFormed(String script) {
        assertTrue(Tools.work("bash -n " + EXAMPLES.resolve("bash").resolve(script)));
    }
}
