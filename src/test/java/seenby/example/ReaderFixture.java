package seenby.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import seenby.example.ExampleRun.Program;
import seenby.support.ApiClient;
import seenby.support.RunningServer;
import seenby.support.TemporaryFolder;

/** A group of ann and bob, and the programs of {@code examples/} that read it as bob, through a proxy. */
final class ReaderFixture implements AfterEachCallback {
    private final RunningServer server;
    private final TemporaryFolder folder = TemporaryFolder.create();
    final Path directory = folder.path();
    final RecordingProxy proxy;
    final ApiClient ann;
    final ApiClient bob;
    final String group;

    ReaderFixture(RunningServer server) {
        this.server = server;
        proxy = new RecordingProxy(server::port);
        ann = server.user("ann");
        bob = server.user("bob");
        group = server.group(ann, bob);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        server.redis().client().configSet("min-replicas-to-write", "0");
        proxy.close();
        folder.close();
    }

    Path stateFile() {
        return directory.resolve("state.json");
    }

    String state() {
        try {
            return Files.exists(stateFile()) ? Files.readString(stateFile()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ExampleRun start(Program program) {
        List<String> words = new ArrayList<>(List.of(proxy.url()));
        if (program == Program.PYTHON) {
            words.add(stateFile().toString());
        } else if (program == Program.CLI) {
            words.add(group);
        }
        return program.start(directory, bob.token(), words);
    }

    void send(int count) {
        for (int i = 0; i < count; i++) {
            ann.send(group, "one\nmore \u001b[31m 🚀");
        }
    }

    /** Waits until exactly these messages are printed and ann's receipts show them as read. */
    void assertReads(ExampleRun example, long from, long upto) {
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

    void whileTheServerIsDown(Runnable change) {
        server.stop();
        change.run();
        server.start();
    }

    long bobsLastAck() {
        return bob.get("/v1/groups/" + group).json().get("last_ack").asLong();
    }

    /** Returns when the program has acked so many messages, saved its position and ended. */
    void readWithPython(int count) {
        send(count);
        try (ExampleRun example = start(Program.PYTHON)) {
            example.await(
                    "it saves its position",
                    () -> state().contains("{\"" + group + "\": " + count + "}")
                            && !state().contains("\"next\": \"\""));
        }
    }
}
