package seenby.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import seenby.embedded.EmbeddedRedis;

/**
 * One Redis for all tests of a virtual machine: an embedded one, or the one at the system property
 * {@code seenby.redis.url}, which is emptied. Machines can't share that one: give it with {@code -Dtest.forks=1}.
 */
public final class TestRedis {
    private static final URI URL = url();

    /** What a test of 100,000 groups leaves takes seconds to remove. */
    private static final int PATIENCE_MILLIS = 60_000;

    private static final RedisClient CLIENT = RedisClient.create(URL);

    private TestRedis() {}

    private static URI url() {
        String given = System.getProperty("seenby.redis.url", "");
        if (!given.isEmpty()) {
            return URI.create(given);
        }
        try {
            EmbeddedRedis redis = EmbeddedRedis.start(Files.createTempDirectory("seenby-test-"), Optional.empty());
            Runtime.getRuntime().addShutdownHook(new Thread(redis::close));
            return URI.create("redis://:" + redis.password() + "@" + redis.host() + ":" + redis.port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static URI at() {
        return URL;
    }

    /** A client of the test's own, to look at the keys. */
    public static RedisClient client() {
        return CLIENT;
    }

    /** A connection for what concerns connections and users; who asks for it closes it. */
    public static Jedis connection() {
        return new Jedis(
                URL,
                DefaultJedisClientConfig.builder()
                        .autoNegotiateProtocol(false)
                        .socketTimeoutMillis(PATIENCE_MILLIS)
                        .build());
    }

    /** What stands under the keys of a pattern, each by the checksum that Redis gives it. */
    public static Map<String, String> stored(String pattern) {
        return CLIENT.keys(pattern).stream().collect(Collectors.toMap(key -> key, key -> {
            byte[] dump = CLIENT.dump(key);
            return HexFormat.of().formatHex(dump, dump.length - Long.BYTES, dump.length);
        }));
    }

    public static void flush() {
        try (Jedis jedis = connection()) {
            jedis.flushAll();
        }
    }
}
