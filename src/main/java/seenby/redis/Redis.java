package seenby.redis;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import seenby.pool.CircuitBreaker;
import seenby.pool.PooledConnections;
import seenby.pool.RedisFailures;
import seenby.refusal.Unavailable;

/** The connection to Redis. Every failure that is not a bug of this program is thrown as {@link Unavailable}. */
public final class Redis implements AutoCloseable {
    /** How many requests may wait for Redis at the same time. Each takes a fraction of a millisecond. */
    private static final int MOST_CONNECTIONS = 64;

    /** One pipeline takes some milliseconds at most. */
    static final int MOST_IN_PIPELINE = 250;

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

    private final CircuitBreaker breaker;
    private final RedisState state = new RedisState();
    private final Supplier<Optional<String>> writeBan;
    private final RedisClient jedis;
    private final Supplier<Jedis> ownConnection;
    private final int database;
    private final Calls calls = new Calls();
    private final Counters<Script> scripts = Counters.of(Script.class);

    private Redis(HostAndPort address, DefaultJedisClientConfig config, Supplier<Optional<String>> writeBan) {
        this.breaker = new CircuitBreaker(
                MOST_CONNECTIONS, TURN_TIMEOUT, () -> answers(address, within(PROBE_TIMEOUT, config)));
        this.writeBan = writeBan;
        this.jedis = pooled(address, config, breaker);
        this.ownConnection = () -> new Jedis(address, within(CONNECT_TIMEOUT, config));
        this.database = config.getDatabase();
    }

    /**
     * A client for the Redis at a URL: {@code redis://[user:password@]host[:port][/database]}. It connects at the first
     * command.
     */
    public static Redis at(URI url) {
        return at(url, Optional::empty);
    }

    private static Redis at(URI url, Supplier<Optional<String>> writeBan) {
        return new Redis(JedisURIHelper.getHostAndPort(url), config(url), writeBan);
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

    private static RedisClient pooled(HostAndPort address, DefaultJedisClientConfig config, CircuitBreaker breaker) {
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

    private static DefaultJedisClientConfig within(Duration timeout, DefaultJedisClientConfig config) {
        return DefaultJedisClientConfig.builder()
                .from(config)
                .timeoutMillis((int) timeout.toMillis())
                .build();
    }

    private static boolean answers(HostAndPort address, DefaultJedisClientConfig config) {
        try (Jedis probe = new Jedis(address, config)) {
            return probe.ping().equals("PONG");
        } catch (JedisException hangs) {
            return false;
        }
    }

    /** A client for the embedded Redis. */
    public static Redis of(EmbeddedRedis embedded) {
        return at(
                URI.create("redis://:" + embedded.password() + "@" + embedded.host() + ":" + embedded.port()),
                embedded::writeBan);
    }

    /** Closes idle connections, because the next command on each would fail. */
    public void dropConnections() {
        jedis.getPool().clear();
    }

    @Override
    public void close() {
        breaker.close();
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

    /** Runs one command that changes no data, or a few with one trip each. */
    public <T> T read(Function<UnifiedJedis, T> command) {
        return counted(() -> command.apply(jedis));
    }

    /** Runs one command that changes data. Fails before Redis hears of it if there is no room for it on the disk. */
    public <T> T write(Function<UnifiedJedis, T> command) {
        return counted(() -> {
            requireRoom();
            return command.apply(jedis);
        });
    }

    private void requireRoom() {
        writeBan.get().ifPresent(reason -> {
            throw new Unavailable(Unavailable.Outage.FULL, reason);
        });
    }

    private <T> T counted(Supplier<T> call) {
        try {
            T answer = calls.measure(() -> translated(call));
            state.answer();
            return answer;
        } catch (Unavailable e) {
            state.fail(e);
            throw e;
        }
    }

    private <T> T translated(Supplier<T> call) {
        try {
            return breaker.call(call);
        } catch (JedisException e) {
            if (RedisFailures.mayBeReplaced(e)) {
                dropConnections();
            }
            throw RedisFailures.translated(e);
        }
    }

    public RedisState state() {
        return state;
    }

    /**
     * Asks whether it takes writes. Redis treats this one as any other, but it changes nothing, so nothing is synced.
     */
    void requireWrites() {
        var unused = write(jedis -> jedis.setrange(Keys.READY, 0, ""));
        state.takeWrites();
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
        List<String> values = read(client -> client.hmget(key, names));
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            if (values.get(i) != null) {
                fields.put(names[i], values.get(i));
            }
        }
        return fields;
    }

    /**
     * Runs one command that changes no data for each item, in pipelines of a bounded length, so that no caller has a
     * connection for long. Returns the answers in the order of the items.
     */
    public <I, T> List<T> readEach(Collection<I> items, Command<I, T> command) {
        return each(items, some -> pipeline(some, command));
    }

    /** The same, with commands that change data. */
    public <I, T> List<T> writeEach(Collection<I> items, Command<I, T> command) {
        return each(items, some -> {
            requireRoom();
            return pipeline(some, command);
        });
    }

    private <I, T> List<T> each(Collection<I> items, Function<List<I>, List<T>> pipeline) {
        List<I> all = List.copyOf(items);
        List<T> answers = new ArrayList<>(all.size());
        for (int from = 0; from < all.size(); from += MOST_IN_PIPELINE) {
            List<I> some = all.subList(from, Math.min(all.size(), from + MOST_IN_PIPELINE));
            answers.addAll(counted(() -> pipeline.apply(some)));
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

    /** Reads, with the answers by their items. No item is twice in it. */
    public <I, T> Map<I, T> readByItem(Collection<I> items, Command<I, T> command) {
        List<I> asked = List.copyOf(items);
        List<T> answers = readEach(asked, command);
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
