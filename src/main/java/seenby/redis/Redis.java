package seenby.redis;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.ZRangeParams;
import redis.clients.jedis.resps.ScanResult;
import seenby.embedded.EmbeddedRedis;
import seenby.platform.Calls;
import seenby.platform.Counters;
import seenby.pool.RedisConnections;
import seenby.pool.RedisState;
import seenby.refusal.Unavailable;

/** The connection to Redis. Every failure that is not a bug of this program is thrown as {@link Unavailable}. */
public final class Redis implements AutoCloseable {
    /** One pipeline takes some milliseconds at most. */
    static final int MOST_IN_PIPELINE = 250;

    /** A page may repeat some of an earlier one. */
    private static final ScanParams PAGE = new ScanParams().count(1000);

    private static final int MOST_IN_PAGE = 1000;

    private final RedisConnections connections;
    private final Supplier<Optional<String>> writeBan;
    private final RedisState state = new RedisState();
    private final Calls calls = new Calls();
    private final Counters<Script> scripts = Counters.of(Script.class);

    private Redis(URI url, Supplier<Optional<String>> writeBan) {
        this.connections = new RedisConnections(url);
        this.writeBan = writeBan;
    }

    /**
     * A client for the Redis at a URL: {@code redis://[user:password@]host[:port][/database]}. It connects at the first
     * command.
     */
    public static Redis at(URI url) {
        return new Redis(url, Optional::empty);
    }

    /** A client for the embedded Redis. */
    public static Redis of(EmbeddedRedis embedded) {
        return new Redis(
                URI.create("redis://:" + embedded.password() + "@" + embedded.host() + ":" + embedded.port()),
                embedded::writeBan);
    }

    /** Closes idle connections, because the next command on each would fail. */
    public void dropConnections() {
        connections.drop();
    }

    @Override
    public void close() {
        connections.close();
    }

    /** The channel of all wakes. It names our database, because Redis delivers messages across databases. */
    public String wakes() {
        return Keys.WAKES + "@" + connections.database();
    }

    /** The channel that tells of loops over the groups of users. */
    public String loops() {
        return Keys.LOOPS + "@" + connections.database();
    }

    /** The channel on which Redis publishes expired keys of our database. */
    public String expiries() {
        return "__keyevent@" + connections.database() + "__:expired";
    }

    /** The channel on which a server hears of itself. */
    public String heartbeats(String server) {
        return Keys.HEARTBEATS + "@" + connections.database() + ":" + server;
    }

    /**
     * Opens a connection outside of the pool for some commands, such as a subscription, and closes it. The pool may
     * have connections that are dead and do not show it.
     */
    public void onOwnConnection(Consumer<Jedis> commands) {
        connections.onOwn(commands);
    }

    /** Runs one command that changes no data, or a few with one trip each. */
    public <T> T read(Function<UnifiedJedis, T> command) {
        return counted(command);
    }

    /** Runs one command that changes data. Fails before Redis hears of it if there is no room for it on the disk. */
    public <T> T write(Function<UnifiedJedis, T> command) {
        return counted(jedis -> {
            requireRoom();
            return command.apply(jedis);
        });
    }

    private void requireRoom() {
        writeBan.get().ifPresent(reason -> {
            throw new Unavailable(Unavailable.Outage.FULL, reason);
        });
    }

    private <T> T counted(Function<UnifiedJedis, T> call) {
        try {
            T answer = calls.measure(() -> connections.call(call));
            state.answer();
            return answer;
        } catch (Unavailable e) {
            state.fail(e);
            throw e;
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
     * A hash, read in pages, so that a large one does not block Redis. It has what was there all the time, and may have
     * what was there for a while.
     */
    public Map<String, String> hash(String key) {
        Map<String, String> fields = new HashMap<>();
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            String from = cursor;
            ScanResult<Map.Entry<String, String>> page = read(jedis -> jedis.hscan(key, from, PAGE));
            page.getResult().forEach(field -> fields.put(field.getKey(), field.getValue()));
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return fields;
    }

    /**
     * The members of a sorted set that have this score, read in pages. It has what was there all the time, and may have
     * some twice.
     */
    public List<String> scored(String key, double score) {
        List<String> members = new ArrayList<>();
        List<String> page;
        do {
            ZRangeParams next = ZRangeParams.zrangeByScoreParams(score, score).limit(members.size(), MOST_IN_PAGE);
            page = read(jedis -> jedis.zrange(key, next));
            members.addAll(page);
        } while (page.size() == MOST_IN_PAGE);
        return members;
    }

    /**
     * Runs one command that changes no data for each item, in pipelines of a bounded length, so that no caller has a
     * connection for long. Returns the answers in the order of the items.
     */
    public <I, T> List<T> readEach(Collection<I> items, Command<I, T> command) {
        return each(items, (jedis, some) -> pipeline(jedis, some, command));
    }

    /** The same, with commands that change data. */
    public <I, T> List<T> writeEach(Collection<I> items, Command<I, T> command) {
        return each(items, (jedis, some) -> {
            requireRoom();
            return pipeline(jedis, some, command);
        });
    }

    private <I, T> List<T> each(Collection<I> items, BiFunction<UnifiedJedis, List<I>, List<T>> pipeline) {
        List<I> all = List.copyOf(items);
        List<T> answers = new ArrayList<>(all.size());
        for (int from = 0; from < all.size(); from += MOST_IN_PIPELINE) {
            List<I> some = all.subList(from, Math.min(all.size(), from + MOST_IN_PIPELINE));
            answers.addAll(counted(jedis -> pipeline.apply(jedis, some)));
        }
        return answers;
    }

    private static <I, T> List<T> pipeline(UnifiedJedis jedis, List<I> items, Command<I, T> command) {
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
