package seenby;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.bench.ArticleCase;
import seenby.bench.ArticleOutcome;
import seenby.bench.ArticleReport;
import seenby.config.ConfigException;
import seenby.config.ConfigSources;

/** The article's case on a server of its own, of which nothing is left behind, also when it is interrupted. */
final class Demo {
    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

    private Demo() {}

    /** Plays it and prints the figures; true where all of them are as they should be. */
    static boolean run(List<String> flags) throws IOException, InterruptedException {
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
        return outcome.faults().isEmpty();
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
}
