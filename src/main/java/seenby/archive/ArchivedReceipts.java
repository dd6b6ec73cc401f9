package seenby.archive;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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
import seenby.user.UserId;

/** All receipts: those in the store, and those that the store says are archived, read from the files. */
public final class ArchivedReceipts implements Receipts {
    private final LiveReceipts live;
    private final ArchiveReader archive;
    private final ArchiveRanges ranges;

    public ArchivedReceipts(LiveReceipts live, Archive archive) {
        this.live = live;
        this.archive = new ArchiveReader(archive);
        this.ranges = new ArchiveRanges(this.archive);
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
                && origin(group, access, id)
                        .map(origin -> origin.sender().equals(member))
                        .orElse(true)
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
        origin(group, access, id).ifPresent(origin -> requireReceipts(access, member, origin));
        ArchiveLine line = find(group, access, id)
                .orElseThrow(() ->
                        new Refused(Refusal.NO_RECEIPTS, "The archive no longer has the receipts of this message."));
        Receipt receipt = line.receipt().orElseThrow(() -> new Refused(Refusal.NO_RECEIPTS));
        if (!access.allows(member, receipt.sender())) {
            throw new Refused(Refusal.NOT_SENDER);
        }
        return receipt;
    }

    /** Refuses without the archive, if the store still has the message. */
    private static void requireReceipts(ArchiveAccess access, UserId member, LiveReceipts.Origin origin) {
        if (!origin.receiptsKept()) {
            throw new Refused(Refusal.NO_RECEIPTS);
        }
        if (!access.allows(member, origin.sender())) {
            throw new Refused(Refusal.NOT_SENDER);
        }
    }

    private Optional<LiveReceipts.Origin> origin(GroupId group, ArchiveAccess access, long id) {
        return Optional.ofNullable(
                live.origins(group, access.incarnation(), id, id).get(id));
    }

    private Optional<ArchiveLine> find(GroupId group, ArchiveAccess access, long id) {
        return archive.find(group, access.incarnation(), id);
    }

    @Override
    public CompletableFuture<List<ReceiptCount>> counts(GroupId group, UserId member, long from, long upto) {
        LiveReceipts.Counts found = live.counts(group, member, from, upto);
        ArchiveAccess access = found.archive();
        if (from > access.upto()) {
            return CompletableFuture.completedFuture(found.live());
        }
        return ranges.counts(range(group, member, access, from, Math.min(upto, access.upto())))
                .thenApply(archived ->
                        Stream.concat(archived.stream(), found.live().stream()).toList());
    }

    /** Without the messages that the store knows to be of others. */
    private ArchiveRanges.Selection range(GroupId group, UserId member, ArchiveAccess access, long from, long upto) {
        NavigableSet<Long> ids =
                LongStream.rangeClosed(from, upto).boxed().collect(Collectors.toCollection(TreeSet::new));
        if (access.seesAll()) {
            return new ArchiveRanges.Selection(group, access.incarnation(), ids, Optional.empty());
        }
        live.origins(group, access.incarnation(), from, upto).forEach((id, origin) -> {
            if (!origin.sender().equals(member) || !origin.receiptsKept()) {
                ids.remove(id);
            }
        });
        return new ArchiveRanges.Selection(group, access.incarnation(), ids, Optional.of(member));
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
