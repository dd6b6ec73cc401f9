package seenby.support;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ScanParams;

/** All that is in Redis at one moment, to see that a request changed none of it. */
public final class Keyspace {
    // any request makes its user online, and asking whether writes are taken is a write
    private static final Set<String> NOT_COUNTED = Set.of("sb:online", "sb:ready");
    private static final ScanParams MANY = new ScanParams().count(1000);

    private Keyspace() {}

    /** Each key with what it holds; equal as text where nothing was changed. */
    public static Map<String, String> content(TestRedis of) {
        RedisClient redis = of.client();
        Map<String, String> content = new TreeMap<>();
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            var page = redis.scan(cursor, MANY);
            page.getResult().forEach(key -> content.put(key, content(redis, key)));
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        content.keySet().removeAll(NOT_COUNTED);
        return content;
    }

    // Redis may put the entries of sets and hashes into another order without any change
    private static String content(RedisClient redis, String key) {
        return switch (redis.type(key)) {
            case "set" -> new TreeSet<>(redis.smembers(key)).toString();
            case "hash" -> new TreeMap<>(redis.hgetAll(key)).toString();
            case "none" -> "";
            default -> Arrays.toString(redis.dump(key));
        };
    }
}
