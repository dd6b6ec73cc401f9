package seenby.archive;

import java.util.List;
import java.util.OptionalLong;
import seenby.group.GroupId;

/**
 * The right of one instance to archive a group. Each portion claims it again, and so renews it; after the last portion
 * it is released. An instance that is too slow loses it to another, and then its commits remove nothing. All methods
 * that ask the store refuse with {@code NO_GROUP}.
 */
public interface SweepClaim {
    GroupId group();

    /** Tells the group from an earlier one with the same id. */
    String incarnation();

    /** The next receipts that are due, a bounded number, without a gap; empty if none are due. */
    List<ArchiveLine> receipts();

    /**
     * Removes these receipts, which are in the archive now, up to the first that has changed since.
     *
     * @return the last message whose receipts are archived; empty if the claim is lost
     */
    OptionalLong commitReceipts(List<ArchiveLine> lines);

    /** The next messages that are due and whose receipts are archived, a bounded number; empty if the claim is lost. */
    List<MessageLine> messages();

    /** Removes these messages, which are in the archive now; false, and nothing is removed, if the claim is lost. */
    boolean commitMessages(List<MessageLine> lines);

    /** Ends the claim and arms the group's timer. */
    NextSweep release();
}
