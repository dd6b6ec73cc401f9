package seenby.redis;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.util.JedisURIHelper;
import seenby.embedded.EmbeddedRedis;
import seenby.platform.Calls;
import seenby.platform.Counters;
import seenby.refusal.Unavailable;

/** The connection to Redis. Every failure that is not a bug of this program is thrown as {@link Unavailable}. */
public final class Redis implements AutoCloseable {
    /** How many requests may wait for Redis at the same time. Each takes a fraction of a millisecond. */
    private static final int MOST_CONNECTIONS = 64;

    /** One pipeline takes some milliseconds at most. */
    static final int MOST_IN_PIPELINE = 250;

    /** Also for each answer on a connection of its own. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POOL_TIMEOUT = Duration.ofSeconds(5);

    private final RedisClient jedis;
    private final Supplier<Jedis> ownConnection;
    private final int database;
    private final Calls calls = new Calls();
    private final Counters<Script> scripts = Counters.of(Script.class);

    private Redis(HostAndPort address, DefaultJedisClientConfig config) {
        this.jedis = pooled(address, config);
        this.ownConnection = () -> new Jedis(address, withDeadline(config));
        this.database = config.getDatabase();
    }

    /**
     * A client for the Redis at a URL: {@code redis://[user:password@]host[:port][/database]}. It connects at the first
     * command.
     */
    public static Redis at(URI url) {
        return new Redis(JedisURIHelper.getHostAndPort(url), config(url));
    }

    private static DefaultJedisClientConfig config(URI url) {
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
        return config.build();
    }

    private static RedisClient pooled(HostAndPort address, DefaultJedisClientConfig config) {
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(MOST_CONNECTIONS);
        pool.setMaxIdle(MOST_CONNECTIONS);
        pool.setMaxWait(POOL_TIMEOUT);
        // first come, first served: when thousands of clients come back at once, some would wait until they are refused
        pool.setFairness(true);
        pool.setTestOnBorrow(true);
        pool.setJmxEnabled(false);
        return RedisClient.builder()
                .connectionProvider(new PooledConnectionProvider(new PooledConnections(address, config), pool))
                .clientConfig(config)
                .build();
    }

    private static DefaultJedisClientConfig withDeadline(DefaultJedisClientConfig config) {
        return DefaultJedisClientConfig.builder()
                .from(config)
                .socketTimeoutMillis((int) CONNECT_TIMEOUT.toMillis())
                .build();
    }

    /** A client for the embedded Redis. */
    public static Redis of(EmbeddedRedis embedded) {
        return at(URI.create("redis://:" + embedded.password() + "@" + embedded.host() + ":" + embedded.port()));
    }

    /** Closes idle connections, because the next command on each would fail. */
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
    public String loops() {
        return Keys.LOOPS + "@" + database;
    }

    /** The channel on which Redis publishes expired keys of our database. */
    public String expiries() {
        return "__keyevent@" + database + "__:expired";
    }

    /** The channel on which a server hears of itself. */
    public String heartbeats(String server) {
        return Keys.HEARTBEATS + "@" + database + ":" + server;
    }

    /**
     * Opens a connection outside of the pool for some commands, such as a subscription, and closes it. The pool may
     * have connections that are dead and do not show it.
     */
    public void onOwnConnection(Consumer<Jedis> commands) {
        try (Jedis own = ownConnection.get()) {
            commands.accept(own);
        } catch (JedisException e) {
            throw RedisFailures.translated(e);
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
                if (RedisFailures.mayBeReplaced(e)) {
                    dropConnections();
                }
                throw RedisFailures.translated(e);
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
}
