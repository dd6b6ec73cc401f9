package seenby.embedded;

import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Redis rewrites its file when that has doubled since the last rewrite. But Redis 6.2 takes the size at a start for the
 * size after a rewrite. So if it starts often, the file would grow for ever. This looks at each start whether the file
 * is much larger than the data.
 */
final class RewriteCheck {
    private static final Logger LOG = LoggerFactory.getLogger(RewriteCheck.class);

    /** Redis never rewrites a smaller file by itself. */
    private static final long SMALL_BYTES = 64 << 20;

    private static final Pattern USED = Pattern.compile("(?m)^used_memory:(\\d+)");

    private RewriteCheck() {}

    /** Asks Redis to rewrite its file in the background, if that is worth it and there is room for the new file. */
    static void run(Jedis jedis, RedisDirectory home) {
        try {
            long bytes = home.data().bytes();
            // the data takes less room in a file than in memory
            long most = 2 * used(jedis.info("memory"));
            if (bytes > SMALL_BYTES && bytes > most && home.path().toFile().getUsableSpace() > most) {
                LOG.info("The data takes {} MiB on disk, so Redis rewrites it.", bytes >> 20);
                jedis.bgrewriteaof();
            }
        } catch (JedisException | UncheckedIOException e) {
            LOG.warn("Cannot rewrite the data: {}", e.toString());
        }
    }

    private static long used(String info) {
        Matcher used = USED.matcher(info);
        return used.find() ? Long.parseLong(used.group(1)) : Long.MAX_VALUE / 2;
    }
}
