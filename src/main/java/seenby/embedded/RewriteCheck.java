package seenby.embedded;

import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import seenby.platform.DiskSpace;
import seenby.platform.RedisInfo;

/**
 * Redis rewrites its file when that has doubled since the last rewrite. But Redis 6.2 takes the size at a start for the
 * size after a rewrite. So if it starts often, the file would grow for ever. This looks at each start whether the file
 * is much larger than the data.
 */
final class RewriteCheck {
    private static final Logger LOG = LoggerFactory.getLogger(RewriteCheck.class);

    /** Redis never rewrites a smaller file by itself. */
    private static final long SMALL_BYTES = 64 << 20;

    private static final long UNKNOWN = Long.MAX_VALUE / 2;

    private RewriteCheck() {}

    /** Asks Redis to rewrite its file in the background, if that is worth it and there is room for the new file. */
    static void run(Jedis jedis, RedisDirectory home) {
        try {
            long bytes = home.data().bytes();
            // the data takes less room in a file than in memory
            long most = 2
                    * new RedisInfo(jedis.info("memory")).number("used_memory").orElse(UNKNOWN);
            if (bytes > SMALL_BYTES && bytes > most && new DiskSpace(home.path()).free() > most) {
                LOG.info("The data takes {} MiB on disk, so Redis rewrites it.", bytes >> 20);
                jedis.bgrewriteaof();
            }
        } catch (JedisException | UncheckedIOException e) {
            LOG.warn("Cannot rewrite the data: {}", e.toString());
        }
    }
}
