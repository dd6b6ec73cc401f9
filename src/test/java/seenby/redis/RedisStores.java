package seenby.redis;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import seenby.group.GroupId;
import seenby.group.ReceiptPolicy;
import seenby.message.Draft;
import seenby.support.TestClock;
import seenby.support.TestRedis;
import seenby.user.Caller;
import seenby.user.Name;
import seenby.user.UserId;

/** The store without a server in front of it, empty at first. */
final class RedisStores implements AutoCloseable {
    final TestClock clock = new TestClock();
    final Redis redis = Redis.at(TestRedis.at());
    final RedisUsers users = new RedisUsers(redis, clock);
    final RedisGroups groups = new RedisGroups(redis, clock, (group, incarnation) -> {});
    final RedisReceipts receipts = new RedisReceipts(redis, clock);
    final RedisMessages messages = new RedisMessages(redis, clock, Duration.ofDays(1), Duration.ofDays(7));

    RedisStores() {
        TestRedis.flush();
    }

    /** A group whose members all owe receipts, with the ordinals 1, 2, 3, … in this order. */
    void group(GroupId id, UserId owner, UserId... members) {
        groups.create(id, Name.orId(Optional.empty(), id.value()), ReceiptPolicy.SENDER, owner, true);
        Map<UserId, Boolean> joiners = new LinkedHashMap<>();
        for (UserId member : members) {
            joiners.put(member, true);
        }
        groups.join(id, Caller.SERVER, joiners);
    }

    long send(GroupId group, UserId sender) {
        return messages.send(group, sender, new Draft("hello", Optional.empty()))
                .id();
    }

    @Override
    public void close() {
        redis.close();
    }
}
