package seenby.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import seenby.platform.Caches;
import seenby.redis.Keys;
import seenby.redis.Redis;
import seenby.redis.Reply;
import seenby.redis.Script;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.Caller;
import seenby.user.Name;
import seenby.user.Token;
import seenby.user.User;
import seenby.user.UserChange;
import seenby.user.UserId;
import seenby.user.Users;

/**
 * Users in Redis, with a cache of recent callers. A token is looked up once, and leaves the cache when a wake reports
 * that it was revoked. While wakes do not arrive, every request asks Redis.
 */
public final class RedisUsers implements Users {
    private static final int MOST_CALLERS = 100_000;

    /**
     * A wake reports a revocation at once. This bounds what a mistake costs, or a hand that changes Redis without a
     * wake.
     */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final Redis redis;
    private final Clock clock;
    private final UserLoops loops;
    private final Cache<String, KnownCaller> callers;
    private final AtomicLong revocations = new AtomicLong();
    private final AtomicLong doubts = new AtomicLong();
    private volatile boolean trusted;

    /** @param doubts the number of doubts before the lookup; a later doubt makes it useless */
    private record KnownCaller(Caller caller, long doubts) {}

    public RedisUsers(Redis redis, Clock clock) {
        this(redis, clock, System::nanoTime);
    }

    /** @param nanos by which it forgets callers, since a clock may be set back */
    RedisUsers(Redis redis, Clock clock, Ticker nanos) {
        this.redis = redis;
        this.clock = clock;
        this.loops = new UserLoops(redis);
        this.callers = Caches.builder()
                .maximumSize(MOST_CALLERS)
                .expireAfterWrite(REMEMBERED)
                .ticker(nanos)
                .build();
    }

    @Override
    public User create(UserId id, Name name, boolean admin, Token token) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        redis.write(jedis -> jedis.sadd(Keys.USERS, id.value()));
        redis.write(jedis -> jedis.set(Keys.token(token.hash()), id.value()));
        try {
            Script.USER_CREATE.run(
                    redis,
                    List.of(Keys.user(id)),
                    List.of(name.value(), Script.flag(admin), Long.toString(now.toEpochMilli()), token.hash()));
        } catch (Refused taken) {
            redis.write(jedis -> jedis.del(Keys.token(token.hash())));
            if (taken.refusal() == Refusal.USER_DELETED) {
                redis.write(jedis -> jedis.srem(Keys.USERS, id.value()));
            }
            throw taken;
        }
        return new User(id, name, admin, now, true, true);
    }

    @Override
    public Optional<User> find(UserId id) {
        return Optional.ofNullable(find(List.of(id)).get(id));
    }

    @Override
    public Map<UserId, User> find(Collection<UserId> ids) {
        Map<UserId, User> found = new TreeMap<>();
        redis.readByItem(ids, (pipeline, id) -> pipeline.hgetAll(Keys.user(id))).forEach((id, fields) -> {
            if (fields.containsKey("name") && !fields.containsKey("deleted")) {
                found.put(id, user(id, fields));
            }
        });
        return found;
    }

    private static User user(UserId id, Map<String, String> fields) {
        return new User(
                id,
                Name.stored(fields.getOrDefault("name", ""), id.value()),
                "1".equals(fields.get("admin")),
                Instant.ofEpochMilli(Long.parseLong(fields.getOrDefault("created_at", "0"))),
                "1".equals(fields.get("receipts")),
                !"1".equals(fields.get("inactive")));
    }

    @Override
    public List<User> all() {
        Set<String> ids = redis.read(jedis -> jedis.smembers(Keys.USERS));
        return List.copyOf(find(ids.stream().map(UserId::new).toList()).values());
    }

    @Override
    public User change(UserId id, UserChange change) {
        Map<String, String> fields = new HashMap<>();
        change.name().ifPresent(to -> fields.put("name", to.value()));
        change.sendReadReceipts().ifPresent(to -> fields.put("receipts", Script.flag(to)));
        change.active().ifPresent(to -> fields.put("inactive", Script.flag(!to)));
        set(id, fields);
        if (!change.active().orElse(true)) {
            forget(redis.fields(Keys.user(id), "token").getOrDefault("token", ""));
        }
        return find(id).orElseThrow(() -> new Refused(Refusal.NO_USER));
    }

    /** Sets fields of an existing user. Returns the old values, empty where there was none. */
    private Map<String, String> set(UserId id, Map<String, String> fields) {
        List<String> args = new ArrayList<>(List.of(redis.wakes()));
        fields.forEach((field, value) -> args.addAll(List.of(field, value)));
        return Script.USER_CHANGE.run(redis, List.of(Keys.user(id)), args, reply -> {
            Map<String, String> before = new HashMap<>();
            fields.keySet().forEach(field -> before.put(field, reply.text()));
            return before;
        });
    }

    /** The result of a lookup is not cached if a token was revoked during the lookup. */
    @Override
    public Optional<Caller> byToken(String hash) {
        Optional<Caller> known = remembered(hash);
        if (known.isPresent()) {
            return known;
        }
        long revocationsBefore = revocations.get();
        long doubtsBefore = doubts.get();
        Optional<Caller> found = lookUp(hash);
        found.map(caller -> new KnownCaller(caller, doubtsBefore))
                .ifPresent(caller -> callers.asMap()
                        .compute(hash, (key, other) -> revocations.get() == revocationsBefore ? caller : null));
        return found;
    }

    @Override
    public Optional<Caller> remembered(String hash) {
        return Optional.ofNullable(callers.getIfPresent(hash))
                .filter(known -> trusted && known.doubts() == doubts.get())
                .map(KnownCaller::caller);
    }

    private Optional<Caller> lookUp(String hash) {
        return Optional.ofNullable(redis.read(jedis -> jedis.get(Keys.token(hash))))
                .map(UserId::new)
                .flatMap(id -> {
                    Map<String, String> fields = redis.fields(Keys.user(id), "token", "admin", "deleted", "inactive");
                    boolean valid = hash.equals(fields.get("token"))
                            && !fields.containsKey("deleted")
                            && !"1".equals(fields.get("inactive"));
                    return valid ? Optional.of(new Caller(id, "1".equals(fields.get("admin")))) : Optional.empty();
                });
    }

    /** Removes a token from the cache that was revoked or whose user is inactive, here or by another instance. */
    public void forget(String hash) {
        revocations.incrementAndGet();
        callers.invalidate(hash);
    }

    /** Says whether wakes arrive, so that the cache may be trusted. */
    public void trust(boolean now) {
        trusted = now;
    }

    /** Any revocation may have been missed. What was looked up before is not trusted any more. */
    public void doubt() {
        doubts.incrementAndGet();
    }

    @Override
    public void replaceToken(UserId id, Token token) {
        redis.write(jedis -> jedis.set(Keys.token(token.hash()), id.value()));
        try {
            String before = set(id, Map.of("token", token.hash())).getOrDefault("token", "");
            if (!before.equals(token.hash())) {
                revoked(before);
            }
        } catch (Refused gone) {
            redis.write(jedis -> jedis.del(Keys.token(token.hash())));
            throw gone;
        }
    }

    /** Removes it from the cache here at once. Other instances get the wake that the script publishes. */
    private void revoked(String hash) {
        forget(hash);
        redis.write(jedis -> jedis.del(Keys.token(hash)));
    }

    @Override
    public boolean applyConfiguredToken(Token token) {
        String applied = redis.read(jedis -> jedis.hget(Keys.user(UserId.ADMIN), "configured"));
        if (token.hash().equals(applied)) {
            return false;
        }
        replaceToken(UserId.ADMIN, token);
        set(UserId.ADMIN, Map.of("configured", token.hash()));
        return true;
    }

    @Override
    public void close(UserId id) {
        revoked(Script.USER_CLOSE.run(redis, List.of(Keys.user(id)), List.of(redis.wakes()), Reply::text));
    }

    /** The tombstone comes last: until then the deletion can be repeated. */
    @Override
    public void delete(UserId id) {
        redis.write(jedis -> jedis.srem(Keys.USERS, id.value()));
        redis.write(jedis -> jedis.zrem(Keys.ONLINE, id.value()));
        Script.USER_DELETE.run(redis, List.of(Keys.user(id), Keys.groupsOf(id)), List.of());
    }

    @Override
    public List<Loop> beginLoops(Collection<UserId> ids, LoopTask task) {
        return loops.begin(ids, task);
    }

    @Override
    public void endLoops(List<Loop> ended) {
        loops.end(ended);
    }

    @Override
    public List<Loop> unfinishedLoops() {
        return loops.unfinished();
    }
}
