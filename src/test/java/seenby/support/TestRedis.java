package seenby.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/**
 * A Redis for the tests of one class, so that classes can run at the same time: the bundled one, or the external one at
 * the system property {@code seenby.redis.url}, which is flushed for each class. Register it as a static extension. It
 * starts at its first use and ends with the class.
 */
public final class TestRedis implements AfterAllCallback, AutoCloseable {
    private static final String EXTERNAL = System.getProperty("seenby.redis.url", "");

    /** FLUSHALL takes seconds after a test of 100,000 groups. */
    private static final int TIMEOUT_MILLIS = 60_000;

    private static final String[] EMBEDDED_SETTINGS = {
        "--set-max-intset-entries", "65536", "--notify-keyspace-events", "Ex"
    };

    private Optional<Running> running = Optional.empty();
    private String pid = "";

    private record Running(URI url, RedisClient client, Runnable end) {
        static Running external() {
            URI url = URI.create(EXTERNAL);
            return new Running(url, RedisClient.create(url), () -> {});
        }

        static Running started() {
            TemporaryFolder folder = TemporaryFolder.create();
            try {
                ExternalRedis redis = ExternalRedis.start(folder.path(), EMBEDDED_SETTINGS);
                URI url = URI.create(redis.url(""));
                return new Running(url, RedisClient.create(url), () -> {
                    redis.close();
                    folder.close();
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Whether all classes share one external Redis. */
    public static boolean isExternal() {
        return !EXTERNAL.isEmpty();
    }

    private synchronized Running running() {
        if (running.isEmpty()) {
            running = Optional.of(isExternal() ? Running.external() : Running.started());
            flush();
        }
        return running.get();
    }

    public URI url() {
        return running().url();
    }

    public RedisClient client() {
        return running().client();
    }

    /** A RESP2 connection, for commands about connections and users; the caller closes it. */
    public Jedis connection() {
        return new Jedis(
                url(),
                DefaultJedisClientConfig.builder()
                        .autoNegotiateProtocol(false)
                        .socketTimeoutMillis(TIMEOUT_MILLIS)
                        .build());
    }

    /** The id of its process. Ask before it stops answering. */
    public synchronized String pid() {
        if (pid.isEmpty()) {
            pid = client().info("server").replaceAll("(?s).*process_id:(\\d+).*", "$1");
        }
        return pid;
    }

    /** The checksum of each value whose key matches a pattern. */
    public Map<String, String> checksums(String pattern) {
        RedisClient client = client();
        return client.keys(pattern).stream().collect(Collectors.toMap(key -> key, key -> {
            byte[] dump = client.dump(key);
            return HexFormat.of().formatHex(dump, dump.length - Long.BYTES, dump.length);
        }));
    }

    /** How often it has run a command, also in scripts. */
    public long calls(String command) {
        return statistics("cmdstat_" + command + ":").sum();
    }

    /** How many commands it has run. */
    public long commands() {
        return statistics("cmdstat_").sum() - calls("info");
    }

    /** How many scripts it has run. */
    public long scripts() {
        return calls("evalsha") + calls("eval");
    }

    private LongStream statistics(String prefix) {
        return client().info("commandstats")
                .lines()
                .filter(line -> line.startsWith(prefix))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^=]*=(\\d+),.*", "$1")));
    }

    public void flush() {
        try (Jedis jedis = connection()) {
            jedis.flushAll();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public synchronized void close() {
        running.ifPresent(redis -> {
            redis.client().close();
            redis.end().run();
        });
        running = Optional.empty();
    }
}
