package seenby.support;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.ScanParams;

/** The content of Redis, to check that a request has changed nothing. */
public final class Keyspace {
    // every request marks its user as online, and the line is raised once a minute
    private static final Set<String> IGNORED = Set.of("sb:online", "sb:line");
    private static final ScanParams MANY = new ScanParams().count(1000);

    private Keyspace() {}

    /** Each key with its value; equal as text if nothing has changed. In few trips, as some tests ask for it often. */
    public static Map<String, String> content(TestRedis source) {
        RedisClient redis = source.client();
        Set<String> keys = keys(redis);
        keys.removeAll(IGNORED);
        Map<String, Response<String>> types = ofEach(redis, keys, AbstractPipeline::type);
        Map<String, Supplier<String>> values =
                ofEach(redis, keys, (pipeline, key) -> value(pipeline, key, Objects.requireNonNull(types.get(key))));
        Map<String, String> content = new TreeMap<>();
        values.forEach((key, value) -> content.put(key, value.get()));
        return content;
    }

    private static Set<String> keys(RedisClient redis) {
        Set<String> keys = new TreeSet<>();
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            var page = redis.scan(cursor, MANY);
            keys.addAll(page.getResult());
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return keys;
    }

    private static <T> Map<String, T> ofEach(
            RedisClient redis, Set<String> keys, BiFunction<AbstractPipeline, String, T> ask) {
        Map<String, T> answers = new TreeMap<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            keys.forEach(key -> answers.put(key, ask.apply(pipeline, key)));
            pipeline.sync();
        }
        return answers;
    }

    // Redis may reorder the entries of sets and hashes without a change
    private static Supplier<String> value(AbstractPipeline pipeline, String key, Response<String> type) {
        return switch (type.get()) {
            case "set" -> then(pipeline.smembers(key), members -> new TreeSet<>(members).toString());
            case "hash" -> then(pipeline.hgetAll(key), fields -> new TreeMap<>(fields).toString());
            case "none" -> () -> "";
            default -> then(pipeline.dump(key), Arrays::toString);
        };
    }

    private static <T> Supplier<String> then(Response<T> answer, Function<T, String> text) {
        return () -> text.apply(answer.get());
    }
}
