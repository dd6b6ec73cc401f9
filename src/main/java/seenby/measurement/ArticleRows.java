package seenby.measurement;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import seenby.redis.Redis;

/**
 * The article's table {@code msg_acks(sender_uid, msgid, recv_uid, gid, if_ack)} for one message, stored literally in
 * Redis: one hash per row, without the index that the article's queries would need.
 */
public final class ArticleRows {
    private static final int CHUNK = 1000;
    private static final String MESSAGE = "1000001";

    private final Redis redis;
    private final int recipients;

    public ArticleRows(Redis redis, int recipients) {
        this.redis = redis;
        this.recipients = recipients;
    }

    /** Stores the rows, as when the message is sent. */
    public void insert() {
        inChunks(1, chunk -> redis.writeEach(chunk, (pipeline, reader) -> pipeline.hset(key(reader), row(reader))));
    }

    /** Deletes the rows from this reader on, as when they read the message. */
    public void deleteFrom(int reader) {
        inChunks(reader, chunk -> redis.writeEach(chunk, (pipeline, each) -> pipeline.del(key(each))));
    }

    public long bytes() {
        return inChunks(1, chunk -> redis.readEach(chunk, (pipeline, reader) -> pipeline.memoryUsage(key(reader))));
    }

    private static String key(int reader) {
        return "msg_acks:" + MESSAGE + ":" + user(reader);
    }

    private static String user(int reader) {
        return "user-%05d".formatted(reader);
    }

    private static Map<String, String> row(int reader) {
        return Map.of(
                "sender_uid", user(0), "msgid", MESSAGE, "recv_uid", user(reader), "gid", "group-1", "if_ack", "0");
    }

    /** One round trip to Redis for some of the readers. */
    private interface Trip {
        List<Long> make(List<Integer> readers);
    }

    /** Makes a round trip for each chunk, and adds all answers up. */
    private long inChunks(int first, Trip trip) {
        long sum = 0;
        for (int from = first; from <= recipients; from += CHUNK) {
            int end = Math.min(recipients + 1, from + CHUNK);
            sum += trip.make(IntStream.range(from, end).boxed().toList()).stream()
                    .filter(Objects::nonNull)
                    .mapToLong(Long::longValue)
                    .sum();
        }
        return sum;
    }
}
