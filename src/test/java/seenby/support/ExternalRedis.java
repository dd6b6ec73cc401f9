package seenby.support;

import static seenby.support.Eventually.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.core.ExecutableProvider;

/** An external Redis: durable, on a free port, with a password. */
public final class ExternalRedis implements AutoCloseable {
    // unpacked once: a process forked by another thread during the write would hold the file open, and exec would fail
    private static final Path EXECUTABLE = unpack();

    private static final int MAX_ATTEMPTS = 3;

    private final int port;
    private final Process process;

    private ExternalRedis(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    private static Path unpack() {
        TemporaryFolder folder = TemporaryFolder.create();
        Runtime.getRuntime().addShutdownHook(new Thread(folder::close));
        try {
            return ExecutableProvider.newJarResourceProvider(folder.path().toFile())
                    .get()
                    .toPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a Redis on a free port.
     *
     * @param settings words of its command line, such as {@code --maxmemory 10mb}
     */
    public static ExternalRedis start(Path directory, String... settings) throws IOException {
        ExternalRedis redis = launch(Tools.freePort(), directory, settings);
        // another process may have taken the port in the meantime
        for (int tries = 1; !redis.answers() && tries < MAX_ATTEMPTS; tries++) {
            redis = launch(Tools.freePort(), directory, settings);
        }
        return redis;
    }

    /** Starts a Redis on this port. */
    public static ExternalRedis startAt(int port, Path directory, String... settings) throws IOException {
        ExternalRedis redis = launch(port, directory, settings);
        if (!redis.answers()) {
            throw new IOException("Redis has ended: " + Files.readString(directory.resolve("redis.log")));
        }
        return redis;
    }

    private static ExternalRedis launch(int port, Path directory, String... settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(EXECUTABLE.toString(), "--port", Integer.toString(port)));
        command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--requirepass", "right"));
        command.addAll(List.of("--appendonly", "yes", "--appendfsync", "always"));
        command.addAll(List.of(settings));
        return new ExternalRedis(
                port,
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("redis.log").toFile())
                        .start());
    }

    /** Waits until it answers or has ended. */
    private boolean answers() {
        try (RedisClient client = client()) {
            eventually("Redis answers", () -> !process.isAlive() || pings(client));
        }
        return process.isAlive();
    }

    private static boolean pings(RedisClient client) {
        try {
            return client.ping().equals("PONG");
        } catch (JedisException notReady) {
            return false;
        }
    }

    /** The {@code redis.url} for this Redis user. */
    public String url(String user) {
        return "redis://" + user + ":right@127.0.0.1:" + port;
    }

    public RedisClient client() {
        return RedisClient.create(url(""));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it, as a crash does. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
