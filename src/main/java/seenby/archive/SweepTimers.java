package seenby.archive;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import seenby.group.GroupId;

/** The timers of the groups: each expires when its group has something for the archive, and says so as it does. */
public interface SweepTimers {
    /**
     * A group's next sweep.
     *
     * @param due when it has something for the archive; empty where nothing waits for that
     * @param untrimmed whether archived receipts have left something behind
     */
    record Next(GroupId group, Optional<Instant> due, boolean untrimmed) {}

    /** A portion of all groups, and where the next one begins; empty after the last. */
    record Portion(List<Next> groups, Optional<String> next) {
        public Portion {
            groups = List.copyOf(groups);
        }
    }

    /**
     * Looks at a portion of all groups, and arms the timers that are missing.
     *
     * @param from where it begins; empty for the first
     * @param trusting whether those that run are taken to be right, which is much quicker; else those that were armed for
     *     another retention are armed anew
     */
    Portion scan(Optional<String> from, boolean trusting);

    /** Ends this instance's sweep of a group, and arms its timer. Refuses with {@code NO_GROUP}. */
    Next release(GroupId group);

    /** How long a timer runs yet. One whose time has come expires by being looked at; then, or without one, it is empty. */
    Optional<Duration> look(GroupId group);
}
