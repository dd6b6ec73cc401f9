package seenby.command;

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
import seenby.redis.Redis;

/**
 * A server that a command starts in a temporary directory, without rate limits. It leaves nothing behind when the
 * program ends or is interrupted.
 */
final class TemporaryServer {
    private static final Logger LOG = LoggerFactory.getLogger(TemporaryServer.class);

    private final Config config;
    private final Server server;

    private TemporaryServer(Config config, Server server) {
        this.config = config;
        this.server = server;
    }

    /** @param settings more configuration, each as {@code receipts.coalesce=50ms} */
    static TemporaryServer start(Server.Starter starter, String command, Clock clock, String... settings)
            throws IOException {
        Path directory = Files.createTempDirectory("seenby-" + command + "-");
        Deque<Server> started = new ConcurrentLinkedDeque<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            started.forEach(Server::close);
            delete(directory);
        }));
        List<String> flags =
                new ArrayList<>(List.of("--http.port=0", "--rate.requests_per_second=0", "--data.dir=" + directory));
        Stream.of(settings).forEach(setting -> flags.add("--" + setting));
        Config config = ConfigSources.read(flags, Map.of(), directory);
        Server server = starter.start(config, clock);
        started.add(server);
        return new TemporaryServer(config, server);
    }

    Redis redis() {
        return server.redis();
    }

    Config config() {
        return config;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    String adminToken() throws IOException {
        return Files.readString(server.adminTokenFile().orElseThrow()).strip();
    }

    private static void delete(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            LOG.warn("Cannot delete the temporary directory {}.", directory, e);
        }
    }
}
