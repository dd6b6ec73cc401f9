package seenby.redis;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;
import seenby.refusal.Unavailable;
import seenby.user.Token;

/** Whether a Redis can hold what this server keeps, and what all instances on it share. */
public final class Schema {
    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    /** Raised when what {@link Keys} says changes its meaning. */
    private static final String VERSION = "2";

    private static final Pattern REDIS_VERSION = Pattern.compile("redis_version:(\\d+)\\.(\\d+)");

    private final Redis redis;

    public Schema(Redis redis) {
        this.redis = redis;
    }

    /** Refuses, in one line, a Redis that is too old or holds the data of another version of this server. */
    public void check() {
        Matcher version = REDIS_VERSION.matcher(redis.call(jedis -> jedis.info("server")));
        if (version.find() && number(version, 1) * 100 + number(version, 2) < 602) {
            throw new IllegalStateException(
                    "Redis 6.2 or newer is needed; this one is " + version.group(1) + "." + version.group(2) + ".");
        }
        String found = setOnce(Keys.SCHEMA, VERSION);
        if (!found.equals(VERSION)) {
            throw new IllegalStateException("The data in this Redis is of schema " + found
                    + ", this server is of schema " + VERSION + ". Run the version of Seenby that wrote it.");
        }
    }

    private static int number(Matcher version, int group) {
        return Integer.parseInt(version.group(group));
    }

    /** Says in the log where an answered message could be lost: a Redis of one's own is as durable as it is set to be. */
    public void warnUnlessDurable() {
        try {
            Map<String, String> settings = redis.call(jedis -> jedis.configGet("append*"));
            if (!"yes".equals(settings.get("appendonly")) || !"always".equals(settings.get("appendfsync"))) {
                LOG.warn(
                        "This Redis may lose the last messages when it fails: appendonly is {}, appendfsync is {}.",
                        settings.get("appendonly"),
                        settings.get("appendfsync"));
            }
        } catch (JedisDataException | Unavailable refused) {
            LOG.warn("This Redis does not tell whether it is durable; see appendonly and appendfsync.");
        }
    }

    /** What positions are signed with; made by the first instance that asks. */
    public String secret() {
        return setOnce(Keys.SECRET, Token.random().text());
    }

    private String setOnce(String key, String value) {
        redis.call(jedis -> jedis.set(key, value, SetParams.setParams().nx()));
        return redis.call(jedis -> jedis.get(key));
    }

    /** Returns when Redis answers and takes writes. */
    public void ready() {
        redis.call(jedis -> jedis.set(Keys.READY, VERSION));
    }
}
