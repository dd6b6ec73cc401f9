package seenby.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import seenby.group.GroupId;
import seenby.message.Message;
import seenby.receipt.AckResult;
import seenby.receipt.GroupAck;
import seenby.receipt.Nudge;
import seenby.receipt.Receipt;
import seenby.receipt.ReceiptCount;
import seenby.receipt.ReceiptSummary;
import seenby.receipt.Receipts;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.refusal.Unavailable;
import seenby.user.UserId;

/** All receipts: those in the store, and those that the store says are archived, read from the files. */
public final class ArchivedReceipts implements Receipts {
    private final LiveReceipts live;
    private final Archive archive;

    public ArchivedReceipts(LiveReceipts live, Archive archive) {
        this.live = live;
        this.archive = archive;
    }

    @Override
    public AckResult ack(GroupId group, UserId member, long upto) {
        return live.ack(group, member, upto);
    }

    @Override
    public Set<GroupId> ackEach(UserId user, Collection<GroupAck> each) {
        return live.ackEach(user, each);
    }

    @Override
    public void ackOne(GroupId group, UserId member, long id) {
        live.ackOne(group, member, id);
    }

    @Override
    public Nudge nudge(GroupId group, UserId member, long id) {
        try {
            return live.nudge(group, member, id);
        } catch (Refused refused) {
            boolean frozen = refused.refusal() == Refusal.NOT_IN_CHARGE && isArchivedOf(group, member, id);
            throw frozen ? new Refused(Refusal.FROZEN) : refused;
        }
    }

    /** Whether this member sent the message, and its receipts are archived. */
    private boolean isArchivedOf(GroupId group, UserId member, long id) {
        ArchiveAccess access = live.counts(group, member, id, id).archive();
        return id <= access.upto()
                && find(group, access, id)
                        .filter(line -> line.sender().equals(member))
                        .isPresent();
    }

    @Override
    public Receipt count(GroupId group, UserId member, long id) {
        LiveReceipts.Lookup found = live.count(group, member, id);
        return found.live().orElseGet(() -> archived(group, member, id, found.archive()));
    }

    @Override
    public Receipt list(GroupId group, UserId member, long id) {
        LiveReceipts.Lookup found = live.list(group, member, id);
        return found.live().orElseGet(() -> archived(group, member, id, found.archive()));
    }

    private Receipt archived(GroupId group, UserId member, long id, ArchiveAccess access) {
        ArchiveLine line = find(group, access, id)
                .orElseThrow(() ->
                        new Refused(Refusal.NO_RECEIPTS, "The archive no longer has the receipts of this message."));
        Receipt receipt = line.receipt().orElseThrow(() -> new Refused(Refusal.NO_RECEIPTS));
        if (!access.allows(member, receipt.sender())) {
            throw new Refused(Refusal.NOT_SENDER);
        }
        return receipt;
    }

    private Optional<ArchiveLine> find(GroupId group, ArchiveAccess access, long id) {
        try {
            return archive.find(group, access.incarnation(), id);
        } catch (IOException e) {
            throw new Unavailable("cannot read the archive", e);
        }
    }

    @Override
    public List<ReceiptCount> counts(GroupId group, UserId member, long from, long upto) {
        LiveReceipts.Counts found = live.counts(group, member, from, upto);
        ArchiveAccess access = found.archive();
        if (from > access.upto()) {
            return found.live();
        }
        List<ReceiptCount> counts = new ArrayList<>();
        try {
            archive.range(
                    group,
                    access.incarnation(),
                    from,
                    Math.min(upto, access.upto()),
                    line -> line.receipt()
                            .filter(receipt -> access.allows(member, receipt.sender()))
                            .ifPresent(receipt -> counts.add(receipt.count())));
        } catch (IOException e) {
            throw new Unavailable("cannot read the archive", e);
        }
        counts.addAll(found.live());
        return counts;
    }

    @Override
    public List<ReceiptSummary> summaries(GroupId group, UserId member, List<Message> messages) {
        if (messages.isEmpty()) {
            return List.of();
        }
        long last = messages.get(messages.size() - 1).id();
        LiveReceipts.Counts found = live.counts(group, member, messages.get(0).id(), last);
        Map<Long, ReceiptCount> counts =
                found.live().stream().collect(Collectors.toMap(ReceiptCount::id, Function.identity()));
        return messages.stream()
                .map(message -> new ReceiptSummary(
                        Optional.ofNullable(counts.get(message.id())), isArchived(message, member, found.archive())))
                .toList();
    }

    private static boolean isArchived(Message message, UserId member, ArchiveAccess access) {
        return message.id() <= access.upto() && message.receiptsKept() && access.allows(member, message.sender());
    }
}
