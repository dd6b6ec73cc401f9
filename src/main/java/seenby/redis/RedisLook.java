package seenby.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.params.GetExParams;
import redis.clients.jedis.params.SetParams;
import seenby.group.Group;
import seenby.receipt.Nudge;
import seenby.update.Look;
import seenby.update.Nudges;
import seenby.update.Read;
import seenby.update.Reads;
import seenby.user.UserId;

/** What polls read in Redis beside groups and messages. */
public final class RedisLook implements Look {
    /** Reads or nudges looked at in one call. */
    private static final int CHUNK = 1000;

    private static final long KEPT_SECONDS = 7 * 24 * 3600;

    private final Redis redis;

    public RedisLook(Redis redis) {
        this.redis = redis;
    }

    @Override
    public Reads reads(Group group, UserId user, long after) {
        Reply reply = Script.UPDATE_READS.run(
                redis,
                List.of(Keys.info(group.id()), Keys.reads(group.id())),
                List.of(group.incarnation(), user.value(), Long.toString(after), Integer.toString(CHUNK)));
        List<Read> reads = new ArrayList<>();
        for (int i = 3; i < reply.size(); i += 4) {
            UserId reader = new UserId(reply.text(i));
            reads.add(new Read(group.id(), reader, reply.number(i + 1), reply.number(i + 2), reply.time(i + 3)));
        }
        return new Reads(reads, Math.max(after, reply.number(0)), reply.flag(1), reply.flag(2));
    }

    @Override
    public Nudges nudges(Group group, UserId user, long after) {
        Reply reply = Script.UPDATE_NUDGES.run(
                redis,
                List.of(
                        Keys.info(group.id()),
                        Keys.ordinals(group.id()),
                        Keys.nudges(group.id()),
                        Keys.nudged(group.id())),
                List.of(
                        group.incarnation(),
                        user.value(),
                        Long.toString(after),
                        Integer.toString(CHUNK),
                        Keys.unreadPrefix(group.id())));
        List<Nudge> nudges = new ArrayList<>();
        for (int i = 2; i < reply.size(); i += 2) {
            String[] words = reply.text(i + 1).split(" ", 2);
            Instant at = Instant.ofEpochMilli(Long.parseLong(words[0]));
            nudges.add(new Nudge(group.id(), reply.number(i), new UserId(words[1]), at));
        }
        return new Nudges(nudges, Math.max(after, reply.number(0)), reply.flag(1));
    }

    @Override
    public void keep(UserId user, String name, String position) {
        redis.call(jedis -> jedis.set(
                Keys.position(user, name), position, SetParams.setParams().ex(KEPT_SECONDS)));
    }

    @Override
    public Optional<String> kept(UserId user, String name) {
        return Optional.ofNullable(redis.call(jedis ->
                jedis.getEx(Keys.position(user, name), GetExParams.getExParams().ex(KEPT_SECONDS))));
    }
}
