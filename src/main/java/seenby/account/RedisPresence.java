package seenby.account;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import seenby.redis.Keys;
import seenby.redis.Redis;
import seenby.refusal.Unavailable;
import seenby.user.Presence;
import seenby.user.UserId;

/**
 * Presence in one sorted set, by the time of the last request. Requests store it in memory, and {@link #flush} writes
 * it to Redis. So a request costs no write, and an idle server writes nothing.
 */
public final class RedisPresence implements Presence {
    /** How long a user stays online after its last request. A poll waits at most 55 s, so this includes its wait. */
    private static final Duration STAYS = Duration.ofSeconds(60);

    /** A time further ahead is from a clock that was wrong. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final Redis redis;
    private final Clock clock;
    private final Map<String, Double> seen = new ConcurrentHashMap<>();

    public RedisPresence(Redis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    @Override
    public void touch(UserId user) {
        seen.put(user.value(), (double) clock.millis());
    }

    @Override
    public Set<UserId> online(Collection<UserId> users) {
        Map<String, Double> unwritten = flushIfPossible();
        if (users.isEmpty()) {
            return Set.of();
        }
        List<UserId> asked = List.copyOf(users);
        String[] ids = asked.stream().map(UserId::value).toArray(String[]::new);
        List<Double> times = redis.read(jedis -> jedis.zmscore(Keys.ONLINE, ids));
        double oldest = oldest();
        double newest = newest();
        Set<UserId> online = new HashSet<>();
        for (int i = 0; i < ids.length; i++) {
            Double time = unwritten.getOrDefault(ids[i], times.get(i));
            if (time != null && time >= oldest && time <= newest) {
                online.add(asked.get(i));
            }
        }
        return online;
    }

    /** Returns the times that Redis has no room for. */
    private Map<String, Double> flushIfPossible() {
        try {
            flush();
            return Map.of();
        } catch (Unavailable noRoom) {
            return Map.copyOf(seen);
        }
    }

    private double oldest() {
        return clock.millis() - (double) STAYS.toMillis();
    }

    private double newest() {
        return clock.millis() + (double) SLACK.toMillis();
    }

    /** Writes the times that are new, and deletes old ones. Makes no trip if there are no new ones. */
    public void flush() {
        Map<String, Double> news = new HashMap<>();
        seen.forEach((user, time) -> {
            if (seen.remove(user, time)) {
                news.put(user, time);
            }
        });
        if (!news.isEmpty()) {
            try {
                redis.write(jedis -> jedis.zadd(Keys.ONLINE, news));
            } catch (Unavailable away) {
                news.forEach(seen::putIfAbsent);
                throw away;
            }
            redis.write(jedis -> jedis.zremrangeByScore(Keys.ONLINE, 0, oldest()));
            redis.write(jedis -> jedis.zremrangeByScore(Keys.ONLINE, newest(), Double.POSITIVE_INFINITY));
        }
    }
}
