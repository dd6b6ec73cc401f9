package seenby.pool;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.util.JedisURIHelper;
import seenby.refusal.Unavailable;

/**
 * The connections to one Redis. Every failure that is not a bug of this program is thrown as {@link Unavailable},
 * within two seconds.
 */
public final class RedisConnections implements AutoCloseable {
    /** How many requests may wait for Redis at the same time. Each takes a fraction of a millisecond. */
    private static final int MOST_CONNECTIONS = 64;

    /** Also for each answer on a connection of its own. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /**
     * After this time Redis counts as one that hangs. Every script takes some milliseconds, and a write as long as the
     * disk. With the question to an idle connection, a client waits for less than 2 s.
     */
    private static final Duration ANSWER_TIMEOUT = Duration.ofMillis(1400);

    private static final Duration PROBE_TIMEOUT = Duration.ofMillis(500);

    /** As long as clients that come back all at once may queue. */
    private static final Duration TURN_TIMEOUT = Duration.ofSeconds(5);

    private final HostAndPort address;
    private final DefaultJedisClientConfig config;
    private final CircuitBreaker breaker;
    private final RedisClient jedis;

    /**
     * Connects at the first command.
     *
     * @param url {@code redis://[user:password@]host[:port][/database]}
     */
    public RedisConnections(URI url) {
        this.address = JedisURIHelper.getHostAndPort(url);
        this.config = config(url);
        this.breaker = new CircuitBreaker(MOST_CONNECTIONS, TURN_TIMEOUT, this::answers);
        this.jedis = pooled();
    }

    private static DefaultJedisClientConfig config(URI url) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .protocol(RedisProtocol.RESP2)
                .connectionTimeoutMillis((int) ANSWER_TIMEOUT.toMillis())
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
        return config.build();
    }

    private RedisClient pooled() {
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(MOST_CONNECTIONS);
        pool.setMaxIdle(MOST_CONNECTIONS);
        // the breaker lets no more calls through than there are connections
        pool.setMaxWait(ANSWER_TIMEOUT);
        pool.setTestOnBorrow(true);
        pool.setJmxEnabled(false);
        return RedisClient.builder()
                .connectionProvider(new PooledConnectionProvider(new PooledConnections(address, config, breaker), pool))
                .clientConfig(config)
                .build();
    }

    private DefaultJedisClientConfig within(Duration timeout) {
        return DefaultJedisClientConfig.builder()
                .from(config)
                .timeoutMillis((int) timeout.toMillis())
                .build();
    }

    private boolean answers() {
        try (Jedis probe = new Jedis(address, within(PROBE_TIMEOUT))) {
            return probe.ping().equals("PONG");
        } catch (JedisException hangs) {
            return false;
        }
    }

    /** Runs commands on a connection of the pool, or fails at once if Redis hangs. */
    public <T> T call(Function<UnifiedJedis, T> commands) {
        try {
            return breaker.call(() -> commands.apply(jedis));
        } catch (JedisException e) {
            if (RedisFailures.mayBeReplaced(e)) {
                drop();
            }
            throw RedisFailures.translated(e);
        }
    }

    /** Opens a connection outside of the pool for some commands, and closes it. */
    public void onOwn(Consumer<Jedis> commands) {
        try (Jedis own = new Jedis(address, within(CONNECT_TIMEOUT))) {
            commands.accept(own);
        } catch (JedisException e) {
            throw RedisFailures.translated(e);
        }
    }

    /** Closes idle connections. */
    public void drop() {
        jedis.getPool().clear();
    }

    /** The number of the database. */
    public int database() {
        return config.getDatabase();
    }

    @Override
    public void close() {
        breaker.close();
        jedis.close();
    }
}
