package seenby.measurement;

import java.util.Map;
import seenby.group.GroupId;
import seenby.redis.Keys;
import seenby.redis.Redis;

/**
 * Makes a new group look as if its messages had been sent, swept, and removed from Redis. The caller writes their lines
 * into the archive.
 */
public final class FakeHistory {
    private final Redis redis;

    public FakeHistory(Redis redis) {
        this.redis = redis;
    }

    /** The name of the group's directory in the archive. */
    public String incarnation(GroupId group) {
        return redis.read(jedis -> String.valueOf(jedis.hget(Keys.info(group), "incarnation")));
    }

    public void upto(GroupId group, long last) {
        String id = Long.toString(last);
        Map<String, String> past =
                Map.of("last_id", id, "archived_upto", id, "trimmed_upto", id, "first_id", Long.toString(last + 1));
        redis.write(jedis -> jedis.hset(Keys.info(group), past));
    }
}
