package seenby.measurement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedDeque;
import seenby.platform.Directories;
import seenby.redis.Redis;

/**
 * A server in its own process, as {@code java -jar seenby.jar} starts it: with the embedded Redis, and in a temporary
 * directory, but without rate limits. Nothing of it is left when it is closed, or when this program is interrupted.
 */
public final class MeasuredServer implements AutoCloseable {
    private final Path directory;
    private final List<String> options;
    private final List<String> settings;
    private final Deque<ChildProcess> processes = new ConcurrentLinkedDeque<>();
    private int port;
    private Redis redis;

    private MeasuredServer(Path directory, List<String> options, List<String> settings)
            throws IOException, InterruptedException {
        this.directory = directory;
        this.options = options;
        this.settings = settings;
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
        port = launch();
        redis = RedisConf.connect(redisConf());
    }

    /**
     * Starts a server, which accepts requests when this returns.
     *
     * @param options of the Java, such as {@code -Xmx256m}
     * @param settings more configuration, each as {@code receipts.coalesce=50ms}
     */
    public static MeasuredServer start(List<String> options, List<String> settings)
            throws IOException, InterruptedException {
        return new MeasuredServer(Files.createTempDirectory("seenby-bench-"), options, settings);
    }

    private int launch() throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                "seenby.Main",
                "--http.port=" + port,
                "--data.dir=" + directory.resolve("data"),
                "--rate.requests_per_second=0"));
        settings.forEach(setting -> words.add("--" + setting));
        ChildProcess process = ChildProcess.launchJava(directory.resolve("server.log"), options, words);
        processes.push(process);
        return process.awaitPort();
    }

    /** Where its files are, and others that are to go with it. */
    public Path directory() {
        return directory;
    }

    /** The configuration of its Redis, with port and password. */
    public Path redisConf() {
        return directory.resolve("data/redis/redis.conf");
    }

    public int port() {
        return port;
    }

    public String adminToken() {
        try {
            return Files.readString(directory.resolve("data/admin.token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its Redis, for what no client can see. */
    public Redis redis() {
        return redis;
    }

    public ServerUsage usage() {
        return new ServerUsage(processes.element().usage(), Optional.of(RedisUsage.of(redis)));
    }

    /** The bytes of its objects after a collection; empty if this Java is no JDK. */
    public OptionalLong liveHeapBytes() throws IOException {
        return processes.element().liveHeapBytes();
    }

    /** Stops it in order, and starts it on the same port and data. Returns when it accepts requests. */
    public void restart() throws IOException, InterruptedException {
        redis.close();
        processes.pop().close();
        port = launch();
        redis = RedisConf.connect(redisConf());
    }

    @Override
    public void close() {
        redis.close();
        end();
    }

    /** Runs a second time at the end of the program, and then finds nothing. */
    private void end() {
        processes.forEach(ChildProcess::close);
        Directories.delete(directory);
    }
}
