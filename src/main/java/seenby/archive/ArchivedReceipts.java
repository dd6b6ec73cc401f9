package seenby.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import seenby.group.GroupId;
import seenby.receipt.Counted;
import seenby.receipt.Found;
import seenby.receipt.Frozen;
import seenby.receipt.Receipt;
import seenby.receipt.ReceiptCount;
import seenby.receipt.Receipts;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.refusal.Unavailable;
import seenby.user.UserId;

/** Receipts wherever they are: in the store, or frozen in the archive, which the store tells apart. */
public final class ArchivedReceipts {
    private final Receipts receipts;
    private final Archive archive;

    public ArchivedReceipts(Receipts receipts, Archive archive) {
        this.receipts = receipts;
        this.archive = archive;
    }

    /** One message's count alone. Refuses as {@link Receipts#count}. */
    public Receipt count(GroupId group, UserId member, long id) {
        Found found = receipts.count(group, member, id);
        return found.live().orElseGet(() -> archived(group, member, id, found.frozen()));
    }

    /** One message's count and lists. Refuses as {@link Receipts#list}. */
    public Receipt list(GroupId group, UserId member, long id) {
        Found found = receipts.list(group, member, id);
        return found.live().orElseGet(() -> archived(group, member, id, found.frozen()));
    }

    private Receipt archived(GroupId group, UserId member, long id, Frozen frozen) {
        ArchiveLine line = find(group, frozen, id)
                .orElseThrow(() ->
                        new Refused(Refusal.NO_RECEIPTS, "The archive no longer has the receipts of this message."));
        Receipt receipt = line.receipt().orElseThrow(() -> new Refused(Refusal.NO_RECEIPTS));
        if (!sees(member, frozen, receipt)) {
            throw new Refused(Refusal.NOT_SENDER);
        }
        return receipt;
    }

    private static boolean sees(UserId member, Frozen frozen, Receipt receipt) {
        return frozen.seesAll() || receipt.sender().equals(member);
    }

    private Optional<ArchiveLine> find(GroupId group, Frozen frozen, long id) {
        try {
            return archive.find(group, frozen.incarnation(), id);
        } catch (IOException e) {
            throw new Unavailable("the archive can't be read", e);
        }
    }

    /** Counts of those messages in the range whose receipts the member may see; at most 1,000 ids. */
    public List<ReceiptCount> counts(GroupId group, UserId member, long from, long upto) {
        Counted counted = receipts.counts(group, member, from, upto);
        Frozen frozen = counted.frozen();
        if (from > frozen.upto()) {
            return counted.live();
        }
        List<ReceiptCount> counts = new ArrayList<>();
        try {
            archive.range(
                    group,
                    frozen.incarnation(),
                    from,
                    Math.min(upto, frozen.upto()),
                    line -> line.receipt()
                            .filter(receipt -> sees(member, frozen, receipt))
                            .ifPresent(receipt -> counts.add(receipt.count())));
        } catch (IOException e) {
            throw new Unavailable("the archive can't be read", e);
        }
        counts.addAll(counted.live());
        return counts;
    }
}
