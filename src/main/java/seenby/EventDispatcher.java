package seenby;

import java.util.concurrent.atomic.AtomicBoolean;
import seenby.archive.Sweeper;
import seenby.group.GroupId;
import seenby.redis.Events;
import seenby.redis.Redis;
import seenby.redis.RedisUsers;
import seenby.update.Waiters;
import seenby.update.Wake;

/** Hands on what is heard from Redis to those whom it concerns. */
final class EventDispatcher implements Events.Listener {
    private final Redis redis;
    private final RedisUsers users;
    private final Waiters waiters;
    private final Sweeper sweeper;
    private final Runnable resume;
    private final AtomicBoolean missed = new AtomicBoolean();

    /** @param resume goes on with what Redis cut off by going away */
    EventDispatcher(Redis redis, RedisUsers users, Waiters waiters, Sweeper sweeper, Runnable resume) {
        this.redis = redis;
        this.users = users;
        this.waiters = waiters;
        this.sweeper = sweeper;
        this.resume = resume;
    }

    @Override
    public void wake(Wake wake) {
        if (wake instanceof Wake.Revoked revoked) {
            users.forget(revoked.tokenHash());
        }
        waiters.wake(wake);
    }

    @Override
    public void expired(GroupId group) {
        sweeper.expired(group);
    }

    @Override
    public void lost() {
        missed.set(true);
        users.hearing(false);
    }

    @Override
    public void regained() {
        redis.dropConnections();
        users.hearing(true);
        waiters.lookAgain();
        if (missed.getAndSet(false)) {
            resume.run();
        }
    }

    @Override
    public void away() {
        waiters.away();
    }
}
