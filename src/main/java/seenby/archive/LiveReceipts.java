package seenby.archive;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import seenby.group.GroupId;
import seenby.receipt.AckResult;
import seenby.receipt.GroupAck;
import seenby.receipt.Nudge;
import seenby.receipt.Receipt;
import seenby.receipt.ReceiptCount;
import seenby.receipt.Receipts;
import seenby.user.UserId;

/**
 * The receipts that are still in the store, and what of the archive a member may read. All methods refuse as those of
 * {@link Receipts} do.
 */
public interface LiveReceipts {
    AckResult ack(GroupId group, UserId member, long upto);

    Set<GroupId> ackEach(UserId user, Collection<GroupAck> each);

    void ackOne(GroupId group, UserId member, long id);

    Counts counts(GroupId group, UserId member, long from, long upto);

    /** The counts of those messages in a range that are not archived. */
    record Counts(List<ReceiptCount> live, ArchiveAccess archive) {
        public Counts {
            live = List.copyOf(live);
        }
    }

    /**
     * Who sent the messages of a range, by their ids. Those that have left the store are missing. Refuses another group
     * with the same id with {@code NO_GROUP}.
     */
    Map<Long, Origin> origins(GroupId group, String incarnation, long from, long upto);

    /**
     * Where a message comes from.
     *
     * @param receiptsKept whether receipts were on when it was sent
     */
    record Origin(UserId sender, boolean receiptsKept) {}

    Lookup count(GroupId group, UserId member, long id);

    Lookup list(GroupId group, UserId member, long id);

    /** The receipts of one message; empty if they are archived. */
    record Lookup(Optional<Receipt> live, ArchiveAccess archive) {}

    Nudge nudge(GroupId group, UserId member, long id);
}
