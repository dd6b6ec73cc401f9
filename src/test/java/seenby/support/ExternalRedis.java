package seenby.support;

import static seenby.support.Eventually.eventually;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.core.ExecutableProvider;

/** A Redis that is somebody else's business than the server's: durable, on a free port, with a password. */
public final class ExternalRedis implements AutoCloseable {
    private final int port;
    private final Process process;

    private ExternalRedis(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** With settings of its own, each of several words. */
    public static ExternalRedis start(Path directory, String... settings) throws IOException {
        int port = Tools.freePort();
        Path executable = ExecutableProvider.newJarResourceProvider(directory.toFile())
                .get()
                .toPath();
        List<String> command = new ArrayList<>(List.of(executable.toString(), "--port", Integer.toString(port)));
        command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--requirepass", "right"));
        command.addAll(List.of("--appendonly", "yes", "--appendfsync", "always"));
        command.addAll(List.of(settings));
        ExternalRedis redis = new ExternalRedis(
                port,
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("redis.log").toFile())
                        .start());
        try (RedisClient client = redis.client()) {
            eventually("Redis answers", () -> pings(client));
        }
        return redis;
    }

    private static boolean pings(RedisClient client) {
        try {
            return client.ping().equals("PONG");
        } catch (JedisException notYet) {
            return false;
        }
    }

    /** For {@code redis.url}, as this user of it. */
    public String url(String user) {
        return "redis://" + user + ":right@127.0.0.1:" + port;
    }

    public RedisClient client() {
        return RedisClient.create(url(""));
    }

    /** Ends it before its time. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
