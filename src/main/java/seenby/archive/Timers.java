package seenby.archive;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import seenby.group.GroupId;

/** The timers of the groups: each expires when its group has something for the archive, and says so as it does. */
public interface Timers {
    /**
     * A group's next sweep.
     *
     * @param due when it has something for the archive; empty where nothing waits for that
     * @param untrimmed whether archived receipts have left something behind
     */
    record Next(GroupId group, Optional<Instant> due, boolean untrimmed) {}

    /** Looks at all groups, a portion at a time, and arms the timers that are missing or wrong. */
    void scan(Consumer<Next> each);

    /** Ends this instance's sweep of a group, and arms its timer. Refuses with {@code NO_GROUP}. */
    Next release(GroupId group);

    /** How long a timer runs yet. One whose time has come expires by being looked at; then, or without one, it is empty. */
    Optional<Duration> look(GroupId group);
}
