package seenby.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seenby.docs.Proxy.Program;
import seenby.support.ApiClient;
import seenby.support.Parallel;
import seenby.support.RunningServer;

/** The proxy configurations in docs/operate.md work as printed: curl goes through a real nginx and a real Caddy. */
class ProxyIT {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    @TempDir
    private Path directory = Path.of("");

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);

    private static String curl(ApiClient user, String rest) {
        return "curl -sk -u :" + user.token() + " " + rest + "\n";
    }

    private Path place(Program program) {
        try {
            return Files.createDirectory(directory.resolve(program.name()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void pollIsHeldToItsEnd() {
        holdPolls(3);
    }

    @Test
    @Tag("soak")
    void longestPollIsHeldToItsEnd() {
        holdPolls(55);
    }

    private void holdPolls(int seconds) {
        Program[] programs = Program.values();

        List<String> answers = Parallel.call(programs.length, i -> poll(programs[i], seconds));

        for (String answer : answers) {
            assertTrue(answer.endsWith("\"more\":false} 200"), answer);
        }
    }

    private String poll(Program program, int seconds) {
        Path place = place(program);
        try (Proxy proxy = program.start(place, SERVER.port())) {
            String poll = "-w ' %{http_code}' '" + proxy.url() + "/v1/updates?timeout=" + seconds + "'";
            return new Shell(place).run(curl(ann, poll)).printed();
        }
    }

    @ParameterizedTest
    @EnumSource
    void streamIsPassedOnAsItComes(Program program) {
        Path place = place(program);
        try (Proxy proxy = program.start(place, SERVER.port())) {
            String follow = "-N -m 60 -H 'Accept: text/event-stream' " + proxy.url() + "/v1/updates > stream &";

            new Shell(place).run(curl(bob, follow) + said(proxy, "one") + said(proxy, "two") + "kill %1");
        }
    }

    /** Sends it, and returns when it has come. */
    private String said(Proxy proxy, String text) {
        String send = curl(ann, "-d " + text + " " + proxy.url() + "/v1/groups/" + group + "/messages");
        return send + "until grep -q '\"text\":\"" + text + "\"' stream; do sleep 0.1; done\n";
    }

    @ParameterizedTest
    @EnumSource
    void mostMembersAtOnceComeThrough(Program program) throws IOException {
        Path place = place(program);
        String ids = IntStream.range(0, 10_000).mapToObj("\"%064d\""::formatted).collect(Collectors.joining(","));
        Files.writeString(place.resolve("ids.json"), "{\"ids\":[" + ids + "]}");
        try (Proxy proxy = program.start(place, SERVER.port())) {
            String add = "--json @ids.json " + proxy.url() + "/v1/groups/" + group + "/members || true";

            String printed = new Shell(place).run(curl(ann, add)).printed();

            assertTrue(printed.contains("No such user: 000"), printed);
        }
    }
}
