package seenby.crash;

import java.net.URI;
import java.nio.file.Path;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import seenby.support.TextFile;

/** How the Redis of a data directory is reached. */
record RedisSettings(Path dataDir) {
    /** A RESP2 connection, for commands about connections. */
    Jedis connection() {
        URI url = URI.create("redis://:%s@127.0.0.1:%s".formatted(setting("requirepass"), setting("port")));
        return new Jedis(
                url,
                DefaultJedisClientConfig.builder().autoNegotiateProtocol(false).build());
    }

    private String setting(String name) {
        return TextFile.read(dataDir.resolve("redis/redis.conf"))
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }
}
