package seenby;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seenby.support.ApiClient;
import seenby.support.Proxy;
import seenby.support.Proxy.Program;
import seenby.support.RunningServer;
import seenby.support.Shell;

/** The proxies that the README shows, as they stand there: a real nginx and a real Caddy, asked by curl. */
class ProxyIT {
    private static final String CURL = "curl -sk --noproxy '*' ";

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    @TempDir
    private Path directory = Path.of("");

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);

    private static String curl(ApiClient user, String rest) {
        return CURL + "-u :" + user.token() + " " + rest + "\n";
    }

    private Path place(Program program) throws IOException {
        return Files.createDirectory(directory.resolve(program.name()));
    }

    @Test
    void longestPollIsHeldToItsEnd() throws Exception {
        ExecutorService both = Executors.newFixedThreadPool(Program.values().length);
        List<Future<String>> answers = new ArrayList<>();
        for (Program program : Program.values()) {
            Path place = place(program);
            Callable<String> poll = () -> {
                try (Proxy proxy = program.start(place, SERVER.port())) {
                    String url = proxy.url() + "/v1/updates?timeout=55";
                    return new Shell(place)
                            .run(curl(ann, "-w ' %{http_code}' '" + url + "'"))
                            .printed();
                }
            };
            answers.add(both.submit(poll));
        }

        for (Future<String> answer : answers) {
            assertTrue(answer.get().endsWith("\"more\":false} 200"), answer.get());
        }
        both.shutdown();
    }

    @ParameterizedTest
    @EnumSource
    void streamIsPassedOnAsItComes(Program program) throws Exception {
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
    void mostMembersAtOnceComeThrough(Program program) throws Exception {
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
