package seenby;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import seenby.account.RedisPresence;
import seenby.account.RedisUserBatches;
import seenby.account.RedisUsers;
import seenby.archive.Archive;
import seenby.archive.ArchivedReceipts;
import seenby.archive.Sweep;
import seenby.archive.SweepSettings;
import seenby.archive.Sweeper;
import seenby.config.Config;
import seenby.group.BatchCreation;
import seenby.group.ClockWarning;
import seenby.group.GroupId;
import seenby.receipt.Receipts;
import seenby.redis.Redis;
import seenby.redis.RedisGroups;
import seenby.redis.RedisMessages;
import seenby.redis.RedisReceipts;
import seenby.refusal.Unavailable;
import seenby.sweep.RedisSweepStore;
import seenby.user.Token;
import seenby.user.UserBatches;

/** Everything that the server stores: live data in Redis, and what is due in the archive. */
record Stores(
        RedisUsers users,
        UserBatches batches,
        RedisGroups groups,
        RedisMessages messages,
        RedisReceipts liveReceipts,
        Receipts receipts,
        RedisPresence presence,
        Archive archive,
        ClockWarning clockWarning) {

    static Stores of(Config config, Redis redis, Clock clock) {
        Archive archive = new Archive(config.archive().dir(), config.archive().segmentBytes());
        ClockWarning clockWarning = new ClockWarning();
        RedisReceipts live = new RedisReceipts(redis, clock);
        return new Stores(
                new RedisUsers(redis, clock),
                new RedisUserBatches(redis, clock),
                new RedisGroups(redis, clock, (group, incarnation) -> delete(archive, group, incarnation)),
                new RedisMessages(
                        redis,
                        clock,
                        clockWarning,
                        config.requests().idempotencyWindow(),
                        config.receipts().retention()),
                live,
                new ArchivedReceipts(live, archive),
                new RedisPresence(redis, clock),
                archive,
                clockWarning);
    }

    BatchCreation creation() {
        return new BatchCreation(users, batches);
    }

    /** What moves due data to the archive. It does not run yet. */
    Sweeper sweeper(Config config, Redis redis, Clock clock) {
        Duration receipts = config.receipts().retention();
        Optional<Duration> messages = config.messages().retention();
        SweepSettings settings = config.redis().isExternal()
                ? new SweepSettings(receipts, messages, Token.random().text())
                : SweepSettings.single(receipts, messages);
        RedisSweepStore store = new RedisSweepStore(redis, clock, clockWarning, settings);
        Sweep sweep = new Sweep(store, archive);
        Duration shortest =
                messages.filter(kept -> kept.compareTo(receipts) < 0).orElse(receipts);
        return new Sweeper(sweep, store, archive, shortest, clock);
    }

    private static void delete(Archive archive, GroupId group, String incarnation) {
        try {
            archive.delete(group, incarnation);
        } catch (IOException e) {
            throw new Unavailable("cannot delete the archive of group " + group, e);
        }
    }
}
