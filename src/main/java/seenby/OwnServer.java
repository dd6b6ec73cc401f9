package seenby;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.config.Config;
import seenby.config.ConfigSources;

/**
 * A server that a command starts for itself, in a directory of its own, without rate limits. Nothing is left of it when the
 * program ends, also when it is interrupted.
 */
final class OwnServer {
    private static final Logger LOG = LoggerFactory.getLogger(OwnServer.class);

    private final Config config;
    private final Seenby seenby;

    private OwnServer(Config config, Seenby seenby) {
        this.config = config;
        this.seenby = seenby;
    }

    /** @param settings its configuration apart from that, each as {@code receipts.coalesce=50ms} */
    static OwnServer start(String command, Clock clock, String... settings) throws IOException {
        Path directory = Files.createTempDirectory("seenby-" + command + "-");
        Deque<Seenby> started = new ConcurrentLinkedDeque<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            started.forEach(Seenby::close);
            delete(directory);
        }));
        List<String> flags =
                new ArrayList<>(List.of("--http.port=0", "--rate.requests_per_second=0", "--data.dir=" + directory));
        Stream.of(settings).forEach(setting -> flags.add("--" + setting));
        Config config = ConfigSources.read(flags, Map.of(), directory);
        Seenby seenby = Seenby.start(config, clock);
        started.add(seenby);
        return new OwnServer(config, seenby);
    }

    Seenby seenby() {
        return seenby;
    }

    Config config() {
        return config;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + seenby.port());
    }

    String adminToken() throws IOException {
        return Files.readString(seenby.adminTokenFile().orElseThrow()).strip();
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
