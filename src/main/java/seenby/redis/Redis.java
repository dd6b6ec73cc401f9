package seenby.redis;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
import seenby.refusal.Unavailable;

/** The way to the store: every failure that is not a fault of this program comes out of it as {@link Unavailable}. */
public final class Redis implements AutoCloseable {
    /** Parts of what a Redis answers that is there but can't do the work now, or not for us. */
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

    /** As many requests as may wait for Redis at once: each takes a fraction of a millisecond. */
    private static final int MOST_CONNECTIONS = 64;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POOL_TIMEOUT = Duration.ofSeconds(5);

    private final RedisClient jedis;
    private final int database;

    private Redis(RedisClient jedis, int database) {
        this.jedis = jedis;
        this.database = database;
    }

    /**
     * The Redis at a URL: {@code redis://[user:password@]host[:port][/database]}. Connections are made when they are
     * needed.
     */
    public static Redis at(URI url) {
        return new Redis(open(url), JedisURIHelper.getDBIndex(url));
    }

    /** A client with a pool; connections are made when they are needed. */
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

    /** The one that runs inside the server. */
    public static Redis of(EmbeddedRedis embedded) {
        return at(URI.create("redis://:" + embedded.password() + "@" + embedded.host() + ":" + embedded.port()));
    }

    /** Closes the connections that nobody uses now: after a restart of Redis the next ones to use them would fail. */
    public void dropConnections() {
        jedis.getPool().clear();
    }

    @Override
    public void close() {
        jedis.close();
    }

    /** The channel on which Redis says which keys of ours have expired. */
    String expiries() {
        return "__keyevent@" + database + "__:expired";
    }

    /** Hears channels until the subscription ends, on this thread. */
    void subscribe(JedisPubSub subscription, String... channels) {
        try {
            jedis.subscribe(subscription, channels);
        } catch (JedisException e) {
            throw translated(e);
        }
    }

    /** One command, or a few, one trip each. */
    public <T> T call(Function<UnifiedJedis, T> command) {
        try {
            return command.apply(jedis);
        } catch (JedisException e) {
            throw translated(e);
        }
    }

    /** One command for each item, all in one trip; the answers in the order of the items. */
    public <I, T> List<T> each(Iterable<I> items, Command<I, T> command) {
        try (AbstractPipeline pipeline = jedis.pipelined()) {
            List<Response<T>> responses = new ArrayList<>();
            for (I item : items) {
                responses.add(command.queue(pipeline, item));
            }
            pipeline.sync();
            return responses.stream().map(Response::get).toList();
        } catch (JedisException e) {
            throw translated(e);
        }
    }

    /** Puts one command into a pipeline. */
    public interface Command<I, T> {
        Response<T> queue(AbstractPipeline pipeline, I item);
    }

    private static RuntimeException translated(JedisException e) {
        boolean passing = !(e instanceof JedisDataException)
                || e instanceof JedisConnectionException
                || e instanceof JedisAccessControlException
                || PASSING.stream().anyMatch(String.valueOf(e.getMessage())::contains);
        return passing ? new Unavailable("Redis is away or refuses writes: " + reason(e), e) : e;
    }

    /** Of a failed connection only what lies beneath says why; the pool may have hung it below itself. */
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
