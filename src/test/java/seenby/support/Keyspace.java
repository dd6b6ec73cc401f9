package seenby.support;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ScanParams;

/** The content of Redis, to check that a request has changed nothing. */
public final class Keyspace {
    // every request marks its user as online, and the readiness check writes a key
    private static final Set<String> IGNORED = Set.of("sb:online", "sb:ready");
    private static final ScanParams MANY = new ScanParams().count(1000);

    private Keyspace() {}

    /** Each key with its value; equal as text if nothing has changed. */
    public static Map<String, String> content(TestRedis source) {
        RedisClient redis = source.client();
        Map<String, String> content = new TreeMap<>();
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            var page = redis.scan(cursor, MANY);
            page.getResult().forEach(key -> content.put(key, content(redis, key)));
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        content.keySet().removeAll(IGNORED);
        return content;
    }

    // Redis may reorder the entries of sets and hashes without a change
    private static String content(RedisClient redis, String key) {
        return switch (redis.type(key)) {
            case "set" -> new TreeSet<>(redis.smembers(key)).toString();
            case "hash" -> new TreeMap<>(redis.hgetAll(key)).toString();
            case "none" -> "";
            default -> Arrays.toString(redis.dump(key));
        };
    }
}
