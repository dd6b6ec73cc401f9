package seenby.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.params.SetParams;
import seenby.redis.Keys;
import seenby.redis.Redis;
import seenby.redis.Script;
import seenby.refusal.Refusal;
import seenby.user.User;
import seenby.user.UserBatches;
import seenby.user.UserDraft;
import seenby.user.UserId;

/** Batches of users in Redis. Each user is in a slot of its own, so no script can create several. */
public final class RedisUserBatches implements UserBatches {
    /** A batch that is cut off is finished within seconds, or when a server starts again. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final String COMMIT = Script.flag(true);

    private final Redis redis;
    private final Clock clock;

    public RedisUserBatches(Redis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    @Override
    public List<User> reserve(String batch, List<UserDraft> drafts) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        redis.writeEach(
                drafts,
                (pipeline, draft) -> pipeline.set(
                        Keys.token(draft.token().hash()), draft.id().value()));
        Map<UserDraft, User> reserved = Script.USER_RESERVE.runEach(
                redis,
                drafts,
                draft -> new Script.Call(
                        List.of(Keys.user(draft.id())),
                        List.of(
                                batch,
                                draft.name().value(),
                                Script.flag(draft.admin()),
                                Long.toString(now.toEpochMilli()),
                                draft.token().hash())),
                Refusal.USER_TAKEN,
                (draft, reply) -> new User(draft.id(), draft.name(), draft.admin(), now, true, true));
        redis.writeEach(
                drafts.stream().filter(draft -> !reserved.containsKey(draft)).toList(),
                (pipeline, draft) -> pipeline.del(Keys.token(draft.token().hash())));
        return List.copyOf(reserved.values());
    }

    @Override
    public boolean decide(String batch, boolean commit) {
        SetParams once = SetParams.setParams().nx().ex(KEPT.toSeconds());
        redis.write(jedis -> jedis.set(Keys.batch(batch), Script.flag(commit), once));
        return COMMIT.equals(redis.read(jedis -> jedis.get(Keys.batch(batch))));
    }

    @Override
    public void settle(String batch, boolean commit, Collection<UserId> ids) {
        List<UserId> settled = List.copyOf(ids);
        if (commit) {
            redis.writeEach(settled, (pipeline, id) -> pipeline.sadd(Keys.USERS, id.value()));
        }
        Map<UserId, String> tokens = Script.USER_SETTLE.runEach(
                redis,
                settled,
                id -> new Script.Call(List.of(Keys.user(id)), List.of(batch, Script.flag(commit))),
                Refusal.NO_USER,
                (id, reply) -> reply.text());
        redis.writeEach(
                tokens.values().stream().filter(token -> !token.isEmpty()).toList(),
                (pipeline, token) -> pipeline.del(Keys.token(token)));
    }

    @Override
    public void forget(String batch) {
        redis.write(jedis -> jedis.del(Keys.batch(batch)));
    }
}
