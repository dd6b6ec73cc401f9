package seenby.redis;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import seenby.account.RedisUsers;
import seenby.group.ClockWarning;
import seenby.group.GroupId;
import seenby.group.ReceiptPolicy;
import seenby.message.Draft;
import seenby.support.TestClock;
import seenby.support.TestRedis;
import seenby.user.Caller;
import seenby.user.Name;
import seenby.user.UserId;

/** The Redis stores without a server, on an empty Redis. */
public final class RedisStores implements AutoCloseable {
    public final TestClock clock = new TestClock();
    public final Redis redis;
    public final RedisUsers users;
    public final RedisGroups groups;
    public final RedisReceipts receipts;
    public final RedisMessages messages;

    public RedisStores(TestRedis empty) {
        empty.flush();
        redis = Redis.at(empty.url());
        users = new RedisUsers(redis, clock);
        groups = new RedisGroups(redis, clock, (group, incarnation) -> {});
        receipts = new RedisReceipts(redis, clock);
        messages = new RedisMessages(redis, clock, new ClockWarning(), Duration.ofDays(1), Duration.ofDays(7));
    }

    /** A group whose members all owe receipts, with the ordinals 1, 2, 3, … in this order. */
    public void group(GroupId id, UserId owner, UserId... members) {
        create(id, owner);
        groups.join(id, Caller.SERVER, withReceipts(members));
    }

    /** The same with one call. */
    public void create(GroupId id, UserId owner, UserId... members) {
        Map<UserId, Boolean> all = new LinkedHashMap<>(Map.of(owner, true));
        all.putAll(withReceipts(members));
        groups.create(id, Name.orId(Optional.empty(), id.value()), ReceiptPolicy.SENDER, owner, all);
    }

    private static Map<UserId, Boolean> withReceipts(UserId... users) {
        Map<UserId, Boolean> choices = new LinkedHashMap<>();
        for (UserId user : users) {
            choices.put(user, true);
        }
        return choices;
    }

    /** Copies of a group, in a pipeline; also in the index of its one member. */
    public List<GroupId> copies(GroupId model, UserId member, int count) {
        Set<String> keys = redis.read(jedis -> jedis.keys("sb:{" + model + "}:*"));
        List<GroupId> copies = IntStream.range(0, count)
                .mapToObj(i -> new GroupId("copy-" + (1000 + i)))
                .toList();
        redis.readEach(copies, (pipeline, copy) -> {
            keys.forEach(key -> pipeline.copy(key, key.replace(model.value(), copy.value()), true));
            return pipeline.sadd(Keys.groupsOf(member), copy.value());
        });
        return copies;
    }

    public long send(GroupId group, UserId sender) {
        return messages.send(group, sender, new Draft("hello", Optional.empty()))
                .id();
    }

    @Override
    public void close() {
        redis.close();
    }
}
