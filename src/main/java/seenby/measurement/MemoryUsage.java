package seenby.measurement;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import seenby.group.GroupId;
import seenby.redis.Keys;
import seenby.redis.Redis;

/** How many bytes the keys of a group take in Redis, by {@code MEMORY USAGE}. */
public final class MemoryUsage {
    /** Keys in one trip. */
    private static final int CHUNK = 1000;

    /** Makes Redis measure every element of a key instead of a sample. */
    private static final int ALL_PARTS = 0;

    private final Redis redis;

    public MemoryUsage(Redis redis) {
        this.redis = redis;
    }

    /** Bytes of the unread sets: the state of all receipts that are not archived. */
    public long unread(GroupId group) {
        return bytes(numbered(Keys.unreadPrefix(group), number(group, "archived_upto") + 1, number(group, "last_id")));
    }

    /** Bytes of everything that is stored for receipts: the unread sets, read times, and what polls report as reads. */
    public long receipts(GroupId group) {
        Stream<String> single = Stream.of(
                Keys.receipts(group), Keys.reads(group), Keys.readOne(group), Keys.left(group), Keys.leaving(group));
        Stream<String> times = numbered(Keys.readAtPrefix(group), 1, number(group, "last_ordinal"));
        return unread(group) + bytes(Stream.concat(single, times));
    }

    /** The names of all keys of a group. Scans all of Redis. */
    public List<String> keys(GroupId group) {
        ScanParams mine = new ScanParams()
                .match(Keys.info(group).replaceFirst("info$", "*"))
                .count(CHUNK);
        List<String> keys = new ArrayList<>();
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            String from = cursor;
            ScanResult<String> page = redis.read(jedis -> jedis.scan(from, mine));
            keys.addAll(page.getResult());
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return keys.stream().distinct().sorted().toList();
    }

    private static Stream<String> numbered(String prefix, long from, long upto) {
        return LongStream.rangeClosed(from, upto).mapToObj(number -> prefix + number);
    }

    private long number(GroupId group, String field) {
        String value = redis.read(jedis -> jedis.hget(Keys.info(group), field));
        return value == null ? 0 : Long.parseLong(value);
    }

    private long bytes(Stream<String> keys) {
        List<String> all = keys.toList();
        long bytes = 0;
        for (int from = 0; from < all.size(); from += CHUNK) {
            bytes += bytes(all.subList(from, Math.min(all.size(), from + CHUNK)));
        }
        return bytes;
    }

    private long bytes(List<String> keys) {
        return redis.readEach(keys, (pipeline, key) -> pipeline.memoryUsage(key, ALL_PARTS)).stream()
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
    }
}
