package seenby;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.bench.ArticleCase;
import seenby.bench.ArticleOutcome;
import seenby.bench.ArticleReport;
import seenby.config.Config;
import seenby.config.ConfigException;
import seenby.config.ConfigSources;
import seenby.redis.EmbeddedRedisException;
import seenby.refusal.Unavailable;

/** The command line. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private static final String HELP = """
            Seenby: group messages over HTTP, where a sender sees who has read each message and who has not.

              java -jar seenby.jar [--config FILE] [--KEY=VALUE ...]   run the server
              java -jar seenby.jar demo                               a group of 200, end to end
              java -jar seenby.jar --help | --version

            Keys stand in config.properties with their defaults. A flag --http.port=80 wins over the
            environment, SEENBY_HTTP_PORT=80, and that over the file.
            """;

    private Main() {}

    public static void main(String[] args) throws Exception {
        List<String> words = Arrays.asList(args);
        try {
            switch (words.isEmpty() ? "" : words.get(0)) {
                case "--help", "-h", "help" -> System.out.print(HELP);
                case "--version" -> System.out.println("seenby " + version());
                case "demo" -> demo(words.subList(1, words.size()));
                default -> serve(words);
            }
        } catch (ConfigException | EmbeddedRedisException | IllegalStateException e) {
            System.err.println("seenby: " + e.getMessage());
            System.exit(1);
        } catch (Unavailable e) {
            System.err.println("seenby: " + e.getMessage() + "; see redis.url.");
            System.exit(1);
        }
    }

    private static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }

    private static void serve(List<String> flags) {
        Config config = ConfigSources.read(flags, System.getenv(), Path.of(""));
        Seenby seenby = Seenby.start(config);
        // a hook that returns would leave the exit code of the signal; ours was an orderly end
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            seenby.close();
            LOG.info("Stopped.");
            Runtime.getRuntime().halt(0);
        }));
        greet(config, seenby);
    }

    /** On a server of its own, of which nothing is left behind, also when it is interrupted. */
    private static void demo(List<String> flags) throws IOException, InterruptedException {
        if (!flags.isEmpty()) {
            throw new ConfigException("demo takes nothing after it");
        }
        Path directory = Files.createTempDirectory("seenby-demo-");
        Deque<Seenby> started = new ConcurrentLinkedDeque<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            started.forEach(Seenby::close);
            delete(directory);
        }));
        Seenby seenby = Seenby.start(ConfigSources.read(
                List.of("--http.port=0", "--rate.requests_per_second=0", "--data.dir=" + directory),
                Map.of(),
                directory));
        started.add(seenby);

        System.out.println("The article's case on a server of its own; this takes some seconds.");
        String token = Files.readString(seenby.adminTokenFile().orElseThrow()).strip();
        URI server = URI.create("http://127.0.0.1:" + seenby.port());
        ArticleOutcome outcome = ArticleCase.play(server, token, seenby::receiptBytes);
        System.out.print(ArticleReport.of(outcome));
        System.exit(outcome.faults().isEmpty() ? 0 : 1);
    }

    private static void delete(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            LOG.warn("{} could not be deleted", directory, e);
        }
    }

    private static void greet(Config config, Seenby seenby) {
        String url = "http://" + config.http().host() + ":" + seenby.port();
        Optional<Path> file = seenby.adminTokenFile();
        System.out.println("Seenby " + version() + " listens on " + url);
        System.out.println("Admin token: " + file.map(Path::toString).orElse("admin.token of the configuration"));
        String token = file.map(path -> "$(cat " + path + ")").orElse("$TOKEN");
        System.out.println("Try: curl -u :" + token + " " + url + "/v1/me");
    }
}
