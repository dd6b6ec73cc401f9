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
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.example.ExampleRun.Program;
import seenby.support.ApiClient;
import seenby.support.RunningServer;
import seenby.support.Sweeps;
import seenby.support.Tools;

/** The programs in {@code examples/} that send, and what all programs have in common. */
@Order(1) // one of the longest
class ExamplesIT {
    private static final Path EXAMPLES = Path.of("examples");
    private static final String TEXT = "@noon: \"deploy\" – all? 🚀";

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer(Sweeps.RETENTION);

    private final RecordingProxy proxy = new RecordingProxy(SERVER::port);
    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient cem = SERVER.user("cem");
    private final String group = SERVER.group(ann, bob, cem);

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void allowWritesAgain() throws IOException {
        SERVER.redis().client().configSet("min-replicas-to-write", "0");
        proxy.close();
    }

    private ExampleRun start(Program program, String token, String... more) {
        List<String> words = new ArrayList<>(List.of(proxy.url()));
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
            eventually("the message is sent", () -> !sent().isEmpty());
            bob.ack(group, 1);
            announce.await("it waits for cem", () -> proxy.sent().contains("?wait=30"));
            assertTrue(announce.isAlive());
            cem.ack(group, 1);

            assertEquals(0, announce.awaitExit(), announce::toString);
            assertEquals("", announce.out());
            assertEquals(List.of(TEXT), sent());
        }
    }

    @Test
    void announcerNamesTheMembersWhoHaveNotReadInTime() {
        try (ExampleRun announce = start(Program.ANNOUNCE, ann.token(), "2")) {
            eventually("the message is sent", () -> !sent().isEmpty());
            bob.ack(group, 1);

            assertEquals(1, announce.awaitExit(), announce::toString);
            assertEquals(cem.id() + "\n", announce.out());
        }
    }

    @Test
    void announcerSaysThatNobodyOwesAReceipt() {
        hide(bob);
        hide(cem);
        try (ExampleRun announce = start(Program.ANNOUNCE, ann.token())) {
            assertEquals(3, announce.awaitExit(), announce::toString);
            assertEquals("", announce.out());
            assertTrue(announce.err().contains("nobody owes a receipt; members who send none: 2"), announce.err());
            assertEquals(List.of(TEXT), sent());
        }
    }

    @Test
    void announcerSaysThatMembersLeftOrOptedOutBeforeTheyRead() {
        try (ExampleRun announce = start(Program.ANNOUNCE, ann.token())) {
            eventually("the message is sent", () -> !sent().isEmpty());
            bob.ack(group, 1);
            hide(cem);

            assertEquals(3, announce.awaitExit(), announce::toString);
            assertEquals("", announce.out());
            assertTrue(announce.err().contains("1 of 2 have read message 1"), announce.err());
        }
    }

    @Test
    void announcerEndsWhenTheReceiptsAreArchived() {
        try (ExampleRun announce = start(Program.ANNOUNCE, ann.token())) {
            announce.await("it waits", () -> proxy.sent().contains("?wait=30"));
            bob.ack(group, 1);
            Sweeps.sweep(SERVER, group);

            assertEquals(1, announce.awaitExit(), announce::toString);
            assertEquals(cem.id() + "\n", announce.out());
        }
    }

    private static void hide(ApiClient user) {
        user.patch("/v1/me", Map.of("send_read_receipts", false)).expect(200);
    }

    @Test
    void javaSaysThatNobodyOwesAReceipt() {
        hide(bob);
        try (ExampleRun java = start(Program.JAVA, ann.token())) {
            eventually("the message is sent", () -> !sent().isEmpty());
            hide(cem);
            bob.send(group, "so that its poll does not end by its timeout only");

            assertEquals(3, java.awaitExit(), java::toString);
            assertEquals("Nobody owes a receipt.\n", java.out());
        }
    }

    @Test
    void javaEndsWhenTheReceiptsAreArchived() {
        try (ExampleRun java = start(Program.JAVA, ann.token())) {
            eventually("the message is sent", () -> !sent().isEmpty());
            bob.ack(group, 1);
            java.await("bob is printed", () -> java.out().startsWith(bob.id() + " read it at 2"));
            Sweeps.sweep(SERVER, group);
            bob.send(group, "so that its poll does not end by its timeout only");

            assertEquals(1, java.awaitExit(), java::toString);
            assertTrue(java.out().endsWith("\nThe receipts are archived, so no more will come.\n"), java::toString);
        }
    }

    @Test
    void announcerReportsThatItGotNoAnswer() {
        SERVER.stop();
        try (ExampleRun announce = start(Program.ANNOUNCE, ann.token(), "2")) {
            assertEquals(2, announce.awaitExit(), announce::toString);
            assertTrue(announce.err().contains("no answer in time"), announce.err());
        } finally {
            SERVER.start();
        }
    }

    @Test
    void javaPrintsEachReceipt() {
        try (ExampleRun java = start(Program.JAVA, ann.token())) {
            eventually("the message is sent", () -> !sent().isEmpty());
            bob.ack(group, 1);
            java.await("bob is printed", () -> java.out().startsWith(bob.id() + " read it at 2"));
            assertTrue(java.isAlive());
            cem.ack(group, 1);

            assertEquals(0, java.awaitExit(), java::toString);
            assertEquals(
                    List.of(bob.id(), cem.id(), "Nobody"),
                    java.out().lines().map(line -> line.split(" ", 2)[0]).toList());
        }
    }

    @Test
    void javaDoesNotWaitForMembersWhoLeftOrWereDeleted() {
        ApiClient dan = SERVER.user("dan");
        ann.put("/v1/groups/" + group + "/members/" + dan.id()).expect(201);
        try (ExampleRun java = start(Program.JAVA, ann.token())) {
            eventually("the message is sent", () -> !sent().isEmpty());
            bob.ack(group, 1);
            java.await("bob is printed", () -> java.out().startsWith(bob.id() + " read it at 2"));
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
    void javaReportsThatTheGroupIsGone() {
        try (ExampleRun java = start(Program.JAVA, ann.token())) {
            eventually("the message is sent", () -> !sent().isEmpty());
            ann.delete("/v1/groups/" + group).expect(204);

            assertEquals(2, java.awaitExit(), java::toString);
            assertEquals("", java.out());
            assertTrue(java.err().contains("There is no such group"), java::toString);
        }
    }

    /** Redis refuses writes, then there is no server, then the answer is lost: the message is sent exactly once. */
    @ParameterizedTest
    @EnumSource(names = {"ANNOUNCE", "CLI", "JAVA"})
    void messageIsSentExactlyOnceDespiteFailures(Program program) {
        SERVER.redis().client().configSet("min-replicas-to-write", "1");
        try (ExampleRun example = start(program, ann.token())) {
            if (program == Program.CLI) {
                example.type(TEXT);
            }
            example.await("the request is refused", () -> proxy.answered(503) > 0);
            SERVER.stop();
            example.await("the program finds no server", () -> proxy.failedConnections() > 0);
            SERVER.redis().client().configSet("min-replicas-to-write", "0");
            proxy.dropNext(201);
            SERVER.start();

            // a retry is answered with 200 and the original message
            String send = "POST /v1/groups/" + group + "/messages";
            example.await("the request is sent again", () -> proxy.answered(send, 200) + proxy.answered(send, 201) > 1);
            bob.ack(group, 1);
            cem.ack(group, 1);

            if (program == Program.CLI) {
                example.await("receipts are printed", () -> example.out().contains(cem.id() + " has read 1 to 1"));
            } else {
                assertEquals(0, example.awaitExit(), example::toString);
            }
            assertEquals(List.of(TEXT), sent());
            assertEquals(1, proxy.answered(send, 200));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInvalidTokenIsReportedAndEndsTheProgram(Program program) {
        try (ExampleRun example = start(program, "not-a-token")) {
            assertNotEquals(0, example.awaitExit());
            assertTrue(example.err().contains("Send a valid token"), example.err());
            assertEquals(1, proxy.answered(401));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tokenIsInNoUrlAndOnNoCommandLine(Program program) {
        ann.send(group, "so that each asks more than once");
        try (ExampleRun example = start(program, bob.token())) {
            example.await("it has sent a request and waits", () -> proxy.answered(200) + proxy.answered(201) > 0);

            assertFalse(String.join("\n", example.commandLines()).contains(bob.token()));
            assertFalse(Pattern.compile("(?m)^[A-Z]+ .*" + Pattern.quote(bob.token()))
                    .matcher(proxy.sent())
                    .find());
            assertTrue(proxy.sent().contains("Bearer " + bob.token()), proxy.sent());
        }
    }

    @Test
    void eachProgramHasUnderEightyLinesAndIsInTheTable() throws IOException {
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
    void shellScriptsHaveNoSyntaxErrors(String script) {
        assertTrue(Tools.work("bash -n " + EXAMPLES.resolve("bash").resolve(script)));
    }
}
