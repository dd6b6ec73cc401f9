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

/** What a group's keys weigh in Redis, by its own account of each key with all that is in it. */
public final class MemoryUsage {
    /** Keys in one trip. */
    private static final int CHUNK = 1000;

    /** Has Redis weigh all parts of a key, and not a sample of them. */
    private static final int ALL_PARTS = 0;

    private final Redis redis;

    public MemoryUsage(Redis redis) {
        this.redis = redis;
    }

    /** The unread sets alone, in bytes: the state of the receipts that are not archived. */
    public long unread(GroupId group) {
        return weigh(numbered(Keys.unreadPrefix(group), number(group, "archived_upto") + 1, number(group, "last_id")));
    }

    /** All that is kept for the sake of receipts, in bytes: who owes them, who gave them and when, and what polls tell of it. */
    public long receipts(GroupId group) {
        Stream<String> single = Stream.of(
                Keys.receipts(group), Keys.reads(group), Keys.readOne(group), Keys.left(group), Keys.leaving(group));
        Stream<String> times = numbered(Keys.readAtPrefix(group), 1, number(group, "last_ordinal"));
        return unread(group) + weigh(Stream.concat(single, times));
    }

    /** The names of all keys of a group. Looks through all of Redis. */
    public List<String> keys(GroupId group) {
        ScanParams mine = new ScanParams()
                .match(Keys.info(group).replaceFirst("info$", "*"))
                .count(CHUNK);
        List<String> keys = new ArrayList<>();
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            String from = cursor;
            ScanResult<String> page = redis.call(jedis -> jedis.scan(from, mine));
            keys.addAll(page.getResult());
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return keys.stream().distinct().sorted().toList();
    }

    private static Stream<String> numbered(String prefix, long from, long upto) {
        return LongStream.rangeClosed(from, upto).mapToObj(number -> prefix + number);
    }

    private long number(GroupId group, String field) {
        String value = redis.call(jedis -> jedis.hget(Keys.info(group), field));
        return value == null ? 0 : Long.parseLong(value);
    }

    private long weigh(Stream<String> keys) {
        List<String> all = keys.toList();
        long bytes = 0;
        for (int from = 0; from < all.size(); from += CHUNK) {
            bytes += weigh(all.subList(from, Math.min(all.size(), from + CHUNK)));
        }
        return bytes;
    }

    private long weigh(List<String> keys) {
        return redis.each(keys, (pipeline, key) -> pipeline.memoryUsage(key, ALL_PARTS)).stream()
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
    }
}
