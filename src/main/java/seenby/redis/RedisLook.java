package seenby.redis;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.params.SetParams;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.hub.StoredGroups;
import seenby.receipt.Nudge;
import seenby.refusal.Unavailable;
import seenby.update.Look;
import seenby.update.Nudges;
import seenby.update.Read;
import seenby.update.Reads;
import seenby.user.UserId;

/** What polls read in Redis: reads, nudges, positions, and what an audit compares. */
public final class RedisLook implements Look, StoredGroups {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLook.class);

    /** Reads or nudges in one call of a script. */
    private static final int CHUNK = 1000;

    /** Uses are told once a day, so this is 7 days after the last one. */
    private static final long KEPT_SECONDS = 8 * 24 * 3600;

    private final Redis redis;
    private final GroupIndex index;

    public RedisLook(Redis redis) {
        this.redis = redis;
        this.index = new GroupIndex(redis);
    }

    @Override
    public Reads reads(GroupState group, UserId user, long after) {
        return Script.UPDATE_READS.run(
                redis,
                List.of(Keys.info(group.id()), Keys.reads(group.id())),
                List.of(group.incarnation(), user.value(), Long.toString(after), Integer.toString(CHUNK)),
                reply -> reads(group.id(), after, reply));
    }

    private static Reads reads(GroupId group, long after, Reply reply) {
        long upto = reply.number();
        boolean more = reply.flag();
        boolean gap = reply.flag();
        List<Read> reads =
                reply.rest(item -> new Read(group, new UserId(item.text()), item.number(), item.number(), item.time()));
        return new Reads(reads, Math.max(after, upto), more, gap);
    }

    @Override
    public Nudges nudges(GroupState group, UserId user, long after) {
        return Script.UPDATE_NUDGES.run(
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
                        Keys.unreadPrefix(group.id())),
                reply -> nudges(group.id(), after, reply));
    }

    private static Nudges nudges(GroupId group, long after, Reply reply) {
        long upto = reply.number();
        boolean more = reply.flag();
        List<Nudge> nudges = reply.rest(item -> nudge(group, item.number(), item.text()));
        return new Nudges(nudges, Math.max(after, upto), more);
    }

    /** Of "time uid". */
    private static Nudge nudge(GroupId group, long id, String text) {
        int space = text.indexOf(' ');
        Instant at = Instant.ofEpochMilli(Long.parseLong(text.substring(0, space)));
        return new Nudge(group, id, new UserId(text.substring(space + 1)), at);
    }

    @Override
    public void keep(UserId user, String name, String position) {
        redis.write(jedis -> jedis.set(
                Keys.position(user, name), position, SetParams.setParams().ex(KEPT_SECONDS)));
    }

    @Override
    public Optional<String> kept(UserId user, String name) {
        Optional<String> position = Optional.ofNullable(redis.read(jedis -> jedis.get(Keys.position(user, name))));
        position.ifPresent(found -> renewIfPossible(user, name));
        return position;
    }

    /** A poll needs no more than to read. */
    private void renewIfPossible(UserId user, String name) {
        try {
            renew(user, name);
        } catch (Unavailable noRoom) {
            LOG.debug("Position {} of {} is not renewed", name, user, noRoom);
        }
    }

    @Override
    public boolean renew(UserId user, String name) {
        return redis.write(jedis -> jedis.expire(Keys.position(user, name), KEPT_SECONDS)) == 1;
    }

    @Override
    public Map<GroupId, Version> versions(Collection<GroupId> groups) {
        Map<GroupId, Version> versions = new HashMap<>();
        redis.readByItem(
                        groups, (pipeline, group) -> pipeline.hmget(Keys.info(group), "incarnation", "seq", "deleting"))
                .forEach((group, fields) -> versions.put(group, version(fields)));
        return versions;
    }

    private static Version version(List<String> fields) {
        boolean exists = fields.get(0) != null && fields.get(2) == null;
        long seq = fields.get(1) == null ? 0 : Long.parseLong(fields.get(1));
        return exists ? new Version(fields.get(0), seq) : new Version("", 0);
    }

    @Override
    public Map<UserId, Set<GroupId>> groupsOf(Collection<UserId> users) {
        return index.groupsOf(users);
    }
}
