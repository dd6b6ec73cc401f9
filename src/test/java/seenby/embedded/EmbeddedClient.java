package seenby.embedded;

import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;

/** Connections to an embedded Redis. */
final class EmbeddedClient {
    private EmbeddedClient() {}

    static Jedis connect(EmbeddedRedis redis) {
        return new Jedis(
                redis.host(),
                redis.port(),
                DefaultJedisClientConfig.builder()
                        .password(redis.password())
                        .resp2()
                        .build());
    }
}
