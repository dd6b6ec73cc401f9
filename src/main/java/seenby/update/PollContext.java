package seenby.update;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.group.Groups;
import seenby.hub.Hub;
import seenby.hub.Membership;
import seenby.message.Page;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.UserId;
import seenby.user.Users;

/** The parts that all polls share. */
record PollContext(
        Users users,
        Groups groups,
        SharedLook sharedLook,
        Look look,
        Hub hub,
        SinceCodec codec,
        Duration coalesce,
        Clock clock,
        ScheduledExecutorService timers) {
    /** Runs the steps of polls. */
    Executor workers() {
        return hub.workers();
    }

    /** The memberships of a user, from the store. */
    Map<GroupId, Membership> look(UserId user) {
        return Membership.byGroup(groups.get(groups.idsOf(user), user), hub.names());
    }

    Page messages(GroupState group, long after, int limit) {
        return sharedLook.messages(group, after, limit);
    }

    /** Refuses a revoked token, which may have been revoked while there was no subscription. */
    void requireToken(String tokenHash) {
        if (users.byToken(tokenHash).isEmpty()) {
            throw new Refused(Refusal.UNAUTHORIZED);
        }
    }

    Instant now() {
        return clock.instant();
    }

    Future<?> after(Duration delay, Runnable action) {
        return timers.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
