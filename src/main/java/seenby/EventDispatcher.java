package seenby;

import java.util.concurrent.atomic.AtomicBoolean;
import seenby.account.RedisUsers;
import seenby.admission.RememberedAdmin;
import seenby.archive.Sweeper;
import seenby.group.GroupId;
import seenby.group.Recovery;
import seenby.hub.Hub;
import seenby.hub.StaleCause;
import seenby.hub.Wake;
import seenby.subscription.Events;
import seenby.update.HistoryLine;

/** Passes events from Redis on to the parts of this server that they concern. */
final class EventDispatcher implements Events.Listener {
    private final RedisUsers users;
    private final Hub hub;
    private final HistoryLine line;
    private final Sweeper sweeper;
    private final Recovery recovery;
    private final RememberedAdmin scraper;
    private final Runnable compare;
    private final Runnable resume;
    private final AtomicBoolean missedEvents = new AtomicBoolean();

    /**
     * @param compare compares the memory of polls with Redis
     * @param resume continues what the loss of Redis interrupted
     */
    EventDispatcher(
            RedisUsers users,
            Hub hub,
            HistoryLine line,
            Sweeper sweeper,
            Recovery recovery,
            RememberedAdmin scraper,
            Runnable compare,
            Runnable resume) {
        this.users = users;
        this.hub = hub;
        this.line = line;
        this.sweeper = sweeper;
        this.recovery = recovery;
        this.scraper = scraper;
        this.compare = compare;
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
    public void unreadable() {
        doubtEverything();
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
    public void silent() {
        trust(false);
        compare.run();
    }

    @Override
    public void resumed() {
        trust(true);
    }

    @Override
    public void lost() {
        missedEvents.set(true);
        trust(false);
        line.doubt();
    }

    /** Nothing is trusted before everything from the time without a subscription is in doubt. */
    @Override
    public void regained() {
        doubtEverything();
        trust(true);
        if (missedEvents.getAndSet(false)) {
            resume.run();
        }
    }

    private void doubtEverything() {
        users.doubt();
        scraper.doubt();
        hub.lookAgain(StaleCause.SUBSCRIPTION);
    }

    private void trust(boolean now) {
        users.trust(now);
        hub.trust(now);
    }

    @Override
    public void away() {
        hub.away();
    }
}
