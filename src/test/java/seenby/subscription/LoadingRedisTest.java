package seenby.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static seenby.support.Eventually.eventually;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import seenby.redis.Redis;
import seenby.refusal.Unavailable;
import seenby.support.ExternalRedis;

/** The subscription to a Redis that still loads its data after a restart. */
class LoadingRedisTest {
    /** Redis answers other connections once in 1,024 commands of its file. */
    private static final int COMMANDS = 50_000;

    private static final String DELAY_MICROSECONDS = "60";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void pollsAreNotToldToLookBeforeTheDataIsThere() throws Exception {
        try (ExternalRedis external = ExternalRedis.start(directory);
                RedisClient client = external.client();
                Redis redis = Redis.at(URI.create(external.url("")))) {
            try (AbstractPipeline pipeline = client.pipelined()) {
                IntStream.range(0, COMMANDS).forEach(number -> pipeline.set("key", String.valueOf(number)));
            }
            client.configSet("key-load-delay", DELAY_MICROSECONDS);
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> reload(external));
            eventually("Redis loads", () -> client.info("persistence").contains("loading:1"));

            assertEquals("49999", firstLook(redis));
            load.join();
        }
    }

    private static void reload(ExternalRedis external) {
        try (Jedis client = new Jedis(URI.create(external.url("")), 60_000)) {
            client.sendCommand(() -> "DEBUG".getBytes(StandardCharsets.US_ASCII), "LOADAOF");
        }
    }

    private static String firstLook(Redis redis) throws InterruptedException {
        CompletableFuture<String> look = new CompletableFuture<>();
        try (Events events = new Events(redis, new Looker(redis, look))) {
            events.start(60_000);
            return look.join();
        }
    }

    private static final class Looker extends QuietListener {
        private final Redis redis;
        private final CompletableFuture<String> look;

        Looker(Redis redis, CompletableFuture<String> look) {
            this.redis = redis;
            this.look = look;
        }

        @Override
        public void regained() {
            try {
                look.complete(redis.read(jedis -> jedis.get("key")));
            } catch (Unavailable loading) {
                look.complete(loading.getMessage());
            }
        }
    }
}
