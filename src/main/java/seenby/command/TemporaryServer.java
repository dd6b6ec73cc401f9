package seenby.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;
import seenby.config.Config;
import seenby.config.ConfigSources;
import seenby.platform.Directories;
import seenby.redis.Redis;

/**
 * A server that a command starts in a temporary directory, without rate limits. It leaves nothing behind when the
 * program ends or is interrupted.
 */
final class TemporaryServer implements AutoCloseable {
    private final Config config;
    private final Server server;
    private final Runnable cleanup;

    private TemporaryServer(Config config, Server server, Runnable cleanup) {
        this.config = config;
        this.server = server;
        this.cleanup = cleanup;
    }

    /** @param settings more configuration, each as {@code receipts.coalesce=50ms} */
    static TemporaryServer start(Server.Starter starter, String command, Clock clock, String... settings)
            throws IOException {
        Path directory = Files.createTempDirectory("seenby-" + command + "-");
        Deque<Server> started = new ConcurrentLinkedDeque<>();
        Runnable cleanup = () -> {
            while (!started.isEmpty()) {
                started.pop().close();
            }
            Directories.delete(directory);
        };
        Runtime.getRuntime().addShutdownHook(new Thread(cleanup));
        List<String> flags =
                new ArrayList<>(List.of("--http.port=0", "--rate.requests_per_second=0", "--data.dir=" + directory));
        Stream.of(settings).forEach(setting -> flags.add("--" + setting));
        // where the jar has no Redis, this is the only one there is
        Optional.ofNullable(System.getenv("SEENBY_REDIS_EXECUTABLE"))
                .ifPresent(redis ->
                        flags.add("--redis.executable=" + Path.of(redis).toAbsolutePath()));
        Config config = ConfigSources.read(flags, Map.of(), directory);
        Server server = starter.start(config, clock);
        started.add(server);
        return new TemporaryServer(config, server, cleanup);
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

    /** Does now what is otherwise done at the end of the program. */
    @Override
    public void close() {
        cleanup.run();
    }
}
