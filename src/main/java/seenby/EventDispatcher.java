package seenby;

import java.util.concurrent.atomic.AtomicBoolean;
import seenby.archive.Sweeper;
import seenby.group.GroupId;
import seenby.group.Recovery;
import seenby.hub.Hub;
import seenby.hub.StaleCause;
import seenby.hub.Wake;
import seenby.redis.Events;
import seenby.redis.Redis;
import seenby.redis.RedisUsers;
import seenby.request.RememberedAdmin;
import seenby.update.HistoryLine;

/** Passes events from Redis on to the parts of this server that they concern. */
final class EventDispatcher implements Events.Listener {
    private final Redis redis;
    private final RedisUsers users;
    private final Hub hub;
    private final HistoryLine line;
    private final Sweeper sweeper;
    private final Recovery recovery;
    private final RememberedAdmin scraper;
    private final Runnable resume;
    private final AtomicBoolean missedEvents = new AtomicBoolean();

    /** @param resume continues what the loss of Redis interrupted */
    EventDispatcher(
            Redis redis,
            RedisUsers users,
            Hub hub,
            HistoryLine line,
            Sweeper sweeper,
            Recovery recovery,
            RememberedAdmin scraper,
            Runnable resume) {
        this.redis = redis;
        this.users = users;
        this.hub = hub;
        this.line = line;
        this.sweeper = sweeper;
        this.recovery = recovery;
        this.scraper = scraper;
        this.resume = resume;
    }

    @Override
    public void wake(Wake wake) {
        if (wake instanceof Wake.Revoked revoked) {
            users.forget(revoked.tokenHash());
            scraper.doubt();
        }
        hub.wake(wake);
    }

    @Override
    public void expired(GroupId group) {
        sweeper.expired(group);
    }

    @Override
    public void loopBegan() {
        recovery.lookSoon();
    }

    @Override
    public void lost() {
        missedEvents.set(true);
        users.hearing(false);
        line.doubt();
    }

    @Override
    public void regained() {
        redis.dropConnections();
        users.hearing(true);
        scraper.doubt();
        hub.lookAgain(StaleCause.SUBSCRIPTION);
        if (missedEvents.getAndSet(false)) {
            resume.run();
        }
    }

    @Override
    public void away() {
        hub.away();
    }
}
