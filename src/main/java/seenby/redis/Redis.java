package seenby.redis;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;
import seenby.embedded.EmbeddedRedis;
import seenby.platform.Calls;
import seenby.platform.Counters;
import seenby.refusal.Unavailable;

/** The connection to Redis. Every failure that is not a bug of this program is thrown as {@link Unavailable}. */
public final class Redis implements AutoCloseable {
    /** Parts of error messages of a Redis that runs, but cannot do the work now or does not accept this client. */
    private static final List<String> PASSING = List.of(
            "LOADING",
            "OOM ",
            "MISCONF",
            "READONLY",
            "NOREPLICAS",
            "MASTERDOWN",
            "CLUSTERDOWN",
            "TRYAGAIN",
            "BUSY",
            "max number of clients",
            "NOAUTH",
            "AUTH <password>",
            "DB index is out of range");

    /** How many requests may wait for Redis at the same time. Each takes a fraction of a millisecond. */
    private static final int MOST_CONNECTIONS = 64;

    /** One pipeline takes some milliseconds at most. */
    static final int MOST_IN_PIPELINE = 250;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POOL_TIMEOUT = Duration.ofSeconds(5);

    private final RedisClient jedis;
    private final int database;
    private final Calls calls = new Calls();
    private final Counters<Script> scripts = Counters.of(Script.class);

    private Redis(RedisClient jedis, int database) {
        this.jedis = jedis;
        this.database = database;
    }

    /**
     * A client for the Redis at a URL: {@code redis://[user:password@]host[:port][/database]}. It connects at the first
     * command.
     */
    public static Redis at(URI url) {
        return new Redis(open(url), JedisURIHelper.getDBIndex(url));
    }

    private static RedisClient open(URI url) {
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(MOST_CONNECTIONS);
        pool.setMaxIdle(MOST_CONNECTIONS);
        pool.setMaxWait(POOL_TIMEOUT);
        pool.setJmxEnabled(false);
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .protocol(RedisProtocol.RESP2)
                .connectionTimeoutMillis((int) CONNECT_TIMEOUT.toMillis())
                .socketTimeoutMillis((int) ANSWER_TIMEOUT.toMillis())
                .clientName("seenby")
                .database(JedisURIHelper.getDBIndex(url));
        String user = JedisURIHelper.getUser(url);
        String password = JedisURIHelper.getPassword(url);
        if (user != null) {
            config.user(user);
        }
        if (password != null) {
            config.password(password);
        }
        return RedisClient.builder()
                .hostAndPort(JedisURIHelper.getHostAndPort(url))
                .clientConfig(config.build())
                .poolConfig(pool)
                .build();
    }

    /** A client for the embedded Redis. */
    public static Redis of(EmbeddedRedis embedded) {
        return at(URI.create("redis://:" + embedded.password() + "@" + embedded.host() + ":" + embedded.port()));
    }

    /** Closes idle connections: after a restart of Redis the next command on each would fail. */
    public void dropConnections() {
        jedis.getPool().clear();
    }

    @Override
    public void close() {
        jedis.close();
    }

    /** The channel of all wakes. It names our database, because Redis delivers messages across databases. */
    public String wakes() {
        return Keys.WAKES + "@" + database;
    }

    /** The channel that tells of loops over the groups of users. */
    String loops() {
        return Keys.LOOPS + "@" + database;
    }

    /** The channel on which Redis publishes expired keys of our database. */
    String expiries() {
        return "__keyevent@" + database + "__:expired";
    }

    /** Subscribes to channels, and blocks this thread until the subscription ends. */
    void subscribe(JedisPubSub subscription, String... channels) {
        try {
            jedis.subscribe(subscription, channels);
        } catch (JedisException e) {
            throw translated(e);
        }
    }

    /** Runs one command, or a few with one trip each. */
    public <T> T call(Function<UnifiedJedis, T> command) {
        return counted(() -> command.apply(jedis));
    }

    private <T> T counted(Supplier<T> call) {
        return calls.measure(() -> {
            try {
                return call.get();
            } catch (JedisException e) {
                throw translated(e);
            }
        });
    }

    public Calls calls() {
        return calls;
    }

    /** How often each script was run. */
    public Counters<Script> scripts() {
        return scripts;
    }

    /** Some fields of a hash. Leaves out those that it does not have. */
    public Map<String, String> fields(String key, String... names) {
        List<String> values = call(client -> client.hmget(key, names));
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            if (values.get(i) != null) {
                fields.put(names[i], values.get(i));
            }
        }
        return fields;
    }

    /**
     * Runs one command for each item, in pipelines of a bounded length, so that no caller has a connection for long.
     * Returns the answers in the order of the items.
     */
    public <I, T> List<T> each(Collection<I> items, Command<I, T> command) {
        List<I> all = List.copyOf(items);
        List<T> answers = new ArrayList<>(all.size());
        for (int from = 0; from < all.size(); from += MOST_IN_PIPELINE) {
            List<I> some = all.subList(from, Math.min(all.size(), from + MOST_IN_PIPELINE));
            answers.addAll(counted(() -> pipeline(some, command)));
        }
        return answers;
    }

    private <I, T> List<T> pipeline(List<I> items, Command<I, T> command) {
        try (AbstractPipeline pipeline = jedis.pipelined()) {
            List<Response<T>> responses = new ArrayList<>();
            for (I item : items) {
                responses.add(command.queue(pipeline, item));
            }
            pipeline.sync();
            return responses.stream().map(Response::get).toList();
        }
    }

    /** The same, with the answers by their items. No item is twice in it. */
    public <I, T> Map<I, T> byItem(Collection<I> items, Command<I, T> command) {
        List<I> asked = List.copyOf(items);
        List<T> answers = each(asked, command);
        Map<I, T> byItem = new LinkedHashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            byItem.put(asked.get(i), answers.get(i));
        }
        return byItem;
    }

    /** Adds one command to a pipeline. */
    public interface Command<I, T> {
        Response<T> queue(AbstractPipeline pipeline, I item);
    }

    private static RuntimeException translated(JedisException e) {
        boolean passing = !(e instanceof JedisDataException)
                || e instanceof JedisConnectionException
                || e instanceof JedisAccessControlException
                || PASSING.stream().anyMatch(String.valueOf(e.getMessage())::contains);
        return passing ? new Unavailable("Redis does not answer or refuses writes: " + reason(e), e) : e;
    }

    /** The root cause: the outer exceptions of a failed connection do not say why. The pool may suppress the cause. */
    private static String reason(Throwable failure) {
        Set<Throwable> seen = new HashSet<>();
        Throwable reason = failure;
        Optional<Throwable> beneath = beneath(reason);
        while (beneath.isPresent() && seen.add(reason)) {
            reason = beneath.get();
            beneath = beneath(reason);
        }
        return reason instanceof JedisException ? String.valueOf(reason.getMessage()) : reason.toString();
    }

    private static Optional<Throwable> beneath(Throwable e) {
        return Optional.ofNullable(e.getCause())
                .or(() -> Stream.of(e.getSuppressed()).findFirst());
    }
}
