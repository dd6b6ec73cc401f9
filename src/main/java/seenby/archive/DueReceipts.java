package seenby.archive;

import java.util.OptionalLong;
import seenby.group.GroupId;

/**
 * Receipts that are older than their retention. One instance sweeps a group at a time: {@link #take} begins that, each
 * call keeps it up, {@link SweepTimers#release} ends it. All methods refuse with {@code NO_GROUP}.
 */
public interface DueReceipts {
    /**
     * The next messages whose receipts are due, a bounded number.
     *
     * @param closed whether the segment of an instance that did not let go was closed
     */
    SweepClaim take(GroupId group, boolean closed);

    /**
     * Whether this instance sweeps the group yet. Asked after a writer has looked at the files and before it cuts them: what
     * another commits from here on changes them, and the writer sees that.
     */
    boolean isHeld(GroupId group);

    /**
     * Removes the receipts of those lines that stand in the archive now, up to the first of which something has changed
     * since they were taken.
     *
     * @return the last message whose receipts are archived now; empty, and nothing is removed, where another sweeps now
     */
    OptionalLong commit(GroupId group, SweepClaim taken);

    /** Removes what archived receipts leave behind: read times, ended spells, and old news for polls. */
    void trim(GroupId group);
}
