package seenby.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.user.UserId;
import seenby.user.Users;

/**
 * Finishes changes of users and groups that were cut off: by a crash of this or another server, by a lost connection,
 * or by a Redis that did not answer in time. One thread calls it at a time.
 */
public final class Recovery {
    /**
     * A change that is seen so often, once a second, is taken for cut off. One that still runs is not disturbed by a
     * second hand, only slowed down.
     */
    private static final int LOOKS = 3;

    private static final int LONGEST_IDLE_SECONDS = 60;

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Users users;
    private final Groups groups;
    private final Memberships memberships;
    private final BatchCreation creation;
    private final AtomicBoolean lookSoon = new AtomicBoolean();
    private Map<String, Integer> seen = Map.of();
    private int idleSeconds;

    public Recovery(Users users, Groups groups, Memberships memberships, BatchCreation creation) {
        this.users = users;
        this.groups = groups;
        this.memberships = memberships;
        this.creation = creation;
    }

    /** Finishes everything now. For the start, and after a loss of Redis. */
    public void finishAll() {
        groups.resume();
        finish(users.unfinishedLoops());
    }

    /** A change has begun, here or on another server, and may be cut off. */
    public void lookSoon() {
        lookSoon.set(true);
    }

    /**
     * Finishes what seems to be cut off. Called every second, but it asks Redis only while a change is under way, and
     * now and then in case it was not told of one.
     */
    public void look() {
        memberships.finishGroups();
        idleSeconds++;
        boolean begunHere = memberships.takeBegun();
        boolean told = lookSoon.getAndSet(false);
        if (begunHere || told || idleSeconds >= LONGEST_IDLE_SECONDS) {
            idleSeconds = 0;
            lookAndRepeat();
        }
    }

    /** Looks again in a second while a change is under way, or if Redis does not answer. */
    private void lookAndRepeat() {
        boolean repeat = true;
        try {
            repeat = lookAtLoops();
        } finally {
            if (repeat) {
                lookSoon();
            }
        }
    }

    /** Returns true if a change is under way. */
    private boolean lookAtLoops() {
        Map<String, Integer> now = new HashMap<>();
        List<Users.Loop> cutOff = new ArrayList<>();
        for (Users.Loop loop : users.unfinishedLoops()) {
            int looks = seen.getOrDefault(loop.mark(), 0) + 1;
            now.put(loop.mark(), looks);
            if (looks >= LOOKS) {
                cutOff.add(loop);
            }
        }
        seen = now;
        if (!cutOff.isEmpty()) {
            groups.resume();
            finish(cutOff);
        }
        return !now.isEmpty();
    }

    private void finish(List<Users.Loop> loops) {
        Map<UserId, List<Users.Loop>> byUser = new TreeMap<>();
        loops.forEach(loop ->
                byUser.computeIfAbsent(loop.user(), id -> new ArrayList<>()).add(loop));
        byUser.forEach((user, ofUser) -> {
            finish(user, ofUser.stream().map(Users.Loop::task).toList());
            users.endLoops(ofUser);
            LOG.info("Finished a change of user {} that was cut off.", user);
        });
    }

    private void finish(UserId user, List<Users.LoopTask> tasks) {
        tasks.forEach(task -> task.batch().ifPresent(batch -> creation.finish(user, batch)));
        List<Users.LoopTask> others =
                tasks.stream().filter(task -> task.batch().isEmpty()).toList();
        if (!others.isEmpty()) {
            memberships.finish(user, others);
        }
    }
}
