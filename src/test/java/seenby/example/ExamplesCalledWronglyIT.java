package seenby.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seenby.example.ExampleRun.Program;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** The programs in {@code examples/} with wrong arguments: each says in one line what is wrong, and ends. */
class ExamplesCalledWronglyIT {
    /** The exit code of a message that is sent, and whose group has nobody who owes a receipt. */
    private static final int SENT_TO_NOBODY = 3;

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private final ApiClient ann = SERVER.user("ann");
    private final String group = SERVER.group(ann);

    @TempDir
    private Path directory = Path.of("");

    /** Starts it; in the words, HERE stands for the server and GROUP for a group whose only member is ann. */
    private ExampleRun start(Program program, String token, String words) {
        String here = "http://127.0.0.1:" + SERVER.port();
        String all = words.replace("HERE", here).replace("GROUP", group);
        return program.start(directory, token, List.of(all.split(" ")));
    }

    private String errorOf(Program program, String token, String words, int exit) {
        try (ExampleRun example = start(program, token, words)) {
            assertEquals(exit, example.awaitExit(), example::toString);
            assertEquals("", example.out());
            assertEquals(1, example.err().lines().count(), example::toString);
            return example.err();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ANNOUNCE, HERE GROUP, 2",
        "ANNOUNCE, HERE GROUP text soon, 2",
        "ANNOUNCE, HERE GROUP text 10 more, 2",
        "READ, HERE more, 2",
        "PYTHON, HERE, 1",
        "PYTHON, localhost:8080 state.json, 1",
        "CLI, HERE, 2",
        "CLI, localhost:8080 GROUP, 2",
        "JAVA, HERE GROUP, 2",
        "JAVA, localhost:8080 GROUP text, 2"
    })
    void missingOrWrongArgumentsPrintTheUsage(Program program, String words, int exit) {
        String error = errorOf(program, ann.token(), words, exit);

        assertTrue(error.startsWith("usage: ") && error.contains(" http://HOST:PORT"), error);
    }

    @ParameterizedTest
    @CsvSource({
        "ANNOUNCE, HERE GROUP text, 2",
        "READ, HERE, 2",
        "PYTHON, HERE state.json, 1",
        "CLI, HERE GROUP, 2",
        "JAVA, HERE GROUP text, 2"
    })
    void aMissingTokenIsReported(Program program, String words, int exit) {
        String error = errorOf(program, "", words, exit);

        assertTrue(error.matches("(?s)usage: .*SEENBY_TOKEN\n|.*Send a valid token.*"), error);
    }

    @ParameterizedTest
    @CsvSource({"ANNOUNCE, HERE nobodys text, 2", "JAVA, HERE nobodys text, 2"})
    void anUnknownGroupIsReported(Program program, String words, int exit) {
        assertTrue(errorOf(program, ann.token(), words, exit).contains("There is no such group"));
    }

    @ParameterizedTest
    @CsvSource({
        "ANNOUNCE, HERE/v1/ GROUP text, 2",
        "READ, HERE/v1/, 2",
        "PYTHON, HERE/v1/ state.json, 1",
        "CLI, HERE/v1/ GROUP, 2",
        "JAVA, HERE/v1/ GROUP text, 2"
    })
    void aWrongPathIsReported(Program program, String words, int exit) {
        assertTrue(errorOf(program, ann.token(), words, exit).contains("There is nothing at this path"));
    }

    @ParameterizedTest
    @CsvSource({"ANNOUNCE, HERE/ GROUP text", "JAVA, HERE/ GROUP text"})
    void aSlashAfterTheAddressIsAccepted(Program program, String words) {
        try (ExampleRun example = start(program, ann.token(), words)) {
            assertEquals(SENT_TO_NOBODY, example.awaitExit(), example::toString);
        }
    }
}
