package seenby.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import seenby.group.GroupId;

/**
 * Where receipts and messages are until they are old enough for the archive. Each group has a timer, which expires when
 * the group has something due. One instance at a time sweeps a group.
 */
public interface SweepStore {
    /**
     * Claims the sweep of a group for this instance, or renews its claim. Refuses with {@code NO_GROUP}.
     *
     * @param takeover called first if another instance has not released its claim
     * @return empty if another instance has the claim
     */
    Optional<SweepClaim> claim(GroupId group, Takeover takeover) throws IOException;

    /** Closes the segments of an instance that has lost its claim, and may still be writing to them. */
    @FunctionalInterface
    interface Takeover {
        /** Returns false if this instance has lost the claim as well. */
        boolean closeSegments(String incarnation) throws IOException;
    }

    /** Up to where a group is archived; empty if this instance does not have the claim. */
    Optional<ArchivePosition> committed(GroupId group);

    /** Removes what archived receipts leave behind: read times, ended receipt periods, old reads for polls. */
    void trim(GroupId group);

    /**
     * Looks at the next groups and arms the timers that are missing.
     *
     * @param cursor where to go on; empty to begin
     * @param missingOnly whether to leave running timers alone, which is much quicker; else those that were armed for
     *     another retention are armed again
     */
    ScanPage scan(Optional<String> cursor, boolean missingOnly);

    /** Some groups of a scan, and the cursor of the next page; empty after the last. */
    record ScanPage(List<NextSweep> groups, Optional<String> cursor) {
        public ScanPage {
            groups = List.copyOf(groups);
        }
    }

    /** How long a timer still runs; empty without a timer. To look at a timer whose time has come makes it expire. */
    Optional<Duration> timeLeft(GroupId group);
}
