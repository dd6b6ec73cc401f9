package seenby.redis;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;
import seenby.refusal.Unavailable;
import seenby.update.HistoryLine;
import seenby.user.Token;

/** Checks that a Redis is suitable, and keeps the settings that all instances on it share. */
public final class Schema implements HistoryLine.Store {
    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    /** Increased when the meaning of {@link Keys} changes: an older server must not write to newer data. */
    private static final String VERSION = "3";

    /** The one that is upgraded. The one before it is older than any release. */
    private static final String BEFORE = "2";

    /** 48 random bits: enough to distinguish the lines of one Redis. Each position contains it. */
    private static final int LINE_NAME_LENGTH = 8;

    private static final Pattern REDIS_VERSION = Pattern.compile("redis_version:(\\d+)\\.(\\d+)");

    private static final Pattern MEMORY_POLICY = Pattern.compile("maxmemory_policy:(\\S+)");

    private final Redis redis;

    public Schema(Redis redis) {
        this.redis = redis;
    }

    /** Upgrades older data. Throws, with one line for the operator, if Redis or its data cannot be used. */
    public void check() {
        Matcher version = REDIS_VERSION.matcher(
                redis.read(jedis -> section(jedis::info, "server")).orElseGet(() -> {
                    LOG.warn(
                            "Redis refuses INFO to this user, so its version and maxmemory-policy are not checked: +info");
                    return "";
                }));
        if (version.find() && number(version, 1) * 100 + number(version, 2) < 602) {
            throw new IllegalStateException(
                    "Seenby needs Redis 6.2 or newer, this one is " + version.group(1) + "." + version.group(2) + ".");
        }
        redis.read(jedis -> eviction(jedis::info)).ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
        String found = setOnce(Keys.SCHEMA, VERSION);
        if (found.equals(BEFORE)) {
            upgrade();
        } else if (!found.equals(VERSION)) {
            throw new IllegalStateException("The data in Redis has schema " + found + ", this server needs schema "
                    + VERSION + ". Start the version of Seenby that wrote the data, or use an empty Redis.");
        }
    }

    /** The number comes last, so that an upgrade that is cut off is repeated. A group may be upgraded twice. */
    private void upgrade() {
        new GroupIndex(redis)
                .all()
                .forEach(group -> Script.GROUP_UPGRADE.run(redis, List.of(Keys.info(group)), List.of()));
        redis.write(jedis -> jedis.set(Keys.SCHEMA, VERSION));
        LOG.info("Upgraded the data from schema {} to {}.", BEFORE, VERSION);
    }

    /**
     * One line for the operator if Redis evicts keys when its memory is full: an unread set that is missing looks like
     * one that all have read. INFO tells, because a managed Redis refuses CONFIG.
     *
     * @param info asks for a section of INFO; nothing is known if this user may not
     */
    public static Optional<String> eviction(UnaryOperator<String> info) {
        return section(info, "memory").flatMap(Schema::eviction);
    }

    private static Optional<String> eviction(String memory) {
        Matcher policy = MEMORY_POLICY.matcher(memory);
        return policy.find() && !policy.group(1).equals("noeviction")
                ? Optional.of(
                        "Redis deletes keys when its memory is full, and receipts with them: its maxmemory-policy is "
                                + policy.group(1) + ". Set maxmemory-policy to noeviction.")
                : Optional.empty();
    }

    /** What Redis tells of its memory, by INFO; empty if the rights of this user do not include that. */
    public Optional<String> memory() {
        return redis.read(jedis -> section(jedis::info, "memory"));
    }

    /** A section of INFO; empty if the rights of this user do not include it. */
    private static Optional<String> section(UnaryOperator<String> info, String name) {
        try {
            return Optional.of(info.apply(name));
        } catch (JedisAccessControlException e) {
            if (String.valueOf(e.getMessage()).contains("NOPERM")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static int number(Matcher version, int group) {
        return Integer.parseInt(version.group(group));
    }

    /** Logs a warning if an external Redis could lose a message that was answered with success. */
    public void warnUnlessDurable() {
        try {
            Map<String, String> settings = redis.read(jedis -> jedis.configGet("append*"));
            if (!"yes".equals(settings.get("appendonly")) || !"always".equals(settings.get("appendfsync"))) {
                LOG.warn(
                        "Redis may lose messages when it fails: appendonly is {}, appendfsync is {}."
                                + " Set them to yes and always.",
                        settings.get("appendonly"),
                        settings.get("appendfsync"));
            }
        } catch (JedisDataException | Unavailable refused) {
            LOG.warn("Cannot check whether Redis is durable. Set appendonly to yes and appendfsync to always.");
        }
    }

    /** The key that signs positions. The first instance that asks creates it. */
    public String secret() {
        return setOnce(Keys.SECRET, Token.random().text());
    }

    @Override
    public HistoryLine.Mark raise(Optional<Long> remembered) {
        return Script.LINE_RAISE.run(
                redis,
                List.of(Keys.LINE),
                List.of(
                        remembered.map(number -> Long.toString(number)).orElse(""),
                        Token.random().text().substring(0, LINE_NAME_LENGTH)),
                reply -> new HistoryLine.Mark(reply.text(), reply.number(), reply.flag()));
    }

    @Override
    public Optional<HistoryLine.Mark> mark() {
        Map<String, String> line = redis.fields(Keys.LINE, "name", "number");
        return Optional.ofNullable(line.get("name"))
                .map(name -> new HistoryLine.Mark(name, Long.parseLong(line.getOrDefault("number", "0")), false));
    }

    /** How much is stored, for the operator. */
    public String counts() {
        return "%,d groups and %,d users"
                .formatted(redis.read(jedis -> jedis.scard(Keys.GROUPS)), redis.read(jedis -> jedis.scard(Keys.USERS)));
    }

    private String setOnce(String key, String value) {
        redis.write(jedis -> jedis.set(key, value, SetParams.setParams().nx()));
        return redis.read(jedis -> jedis.get(key));
    }

    /** Returns if Redis answers, accepts writes and evicts nothing. */
    void requireReady() {
        redis.read(jedis -> eviction(jedis::info)).ifPresent(reason -> {
            throw new Unavailable(Unavailable.Outage.READ_ONLY, reason);
        });
        redis.requireWrites();
    }
}
