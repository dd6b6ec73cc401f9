package seenby.archive;

import seenby.group.GroupId;

/**
 * Receipts that are older than their retention. One instance sweeps a group at a time: {@link #take} begins that, each
 * call keeps it up, {@link Timers#release} ends it. All methods refuse with {@code NO_GROUP}.
 */
public interface DueReceipts {
    /**
     * The next messages whose receipts are due, a bounded number.
     *
     * @param closed whether the segment of an instance that did not let go was closed
     */
    Taken take(GroupId group, boolean closed);

    /**
     * Removes the receipts of those lines that stand in the archive now, up to the first of which something has changed
     * since they were taken; none of them where the sweep was lost.
     *
     * @return the last message whose receipts are archived now
     */
    long commit(GroupId group, Taken taken);

    /** Removes what archived receipts leave behind: read times, ended spells, and old news for polls. */
    void trim(GroupId group);
}
