package seenby.archive;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.group.GroupId;
import seenby.refusal.Refused;

/**
 * Brings what is due of a group into its archive, a portion at a time: cut, append, fsync, and only then commit. What
 * stands in the store as archived is the truth; lines beyond it were left by a sweep that did not come to its commit, and
 * are cut before the next are appended. So every message stands in the archive exactly once.
 */
public final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final DueReceipts receipts;
    private final DueMessages messages;
    private final Timers timers;
    private final Archive archive;

    public Sweep(DueReceipts receipts, DueMessages messages, Timers timers, Archive archive) {
        this.receipts = receipts;
        this.messages = messages;
        this.timers = timers;
        this.archive = archive;
    }

    /**
     * Archives the next portion. Refuses with {@code NO_GROUP}.
     *
     * @return what comes next once nothing is due any more; empty where there may be more at once
     * @throws IOException when the archive can't be written; nothing is lost, and all of it is tried again
     */
    Optional<Timers.Next> portion(GroupId group) throws IOException {
        Taken taken = take(group);
        if (taken.state() == Taken.State.BUSY) {
            return Optional.of(new Timers.Next(group, Optional.empty(), false));
        }
        if (!taken.lines().isEmpty()) {
            archive(group, taken);
            return Optional.empty();
        }
        DueMessages.Batch batch = messages.take(group);
        if (!batch.lines().isEmpty()) {
            archive(group, batch);
            return Optional.empty();
        }
        Timers.Next next = timers.release(group);
        if (next.untrimmed()) {
            receipts.trim(group);
        }
        return Optional.of(next);
    }

    /**
     * After an instance that did not let go, which may only be slow, its segments are closed first: what it still writes
     * goes to a file that is no more.
     */
    private Taken take(GroupId group) throws IOException {
        Taken taken = receipts.take(group, false);
        if (taken.state() != Taken.State.TAKEN_OVER) {
            return taken;
        }
        LOG.info("The sweep of {} is taken over from an instance that did not end it.", group);
        closeCurrent(writer(group, taken.incarnation(), SegmentKind.RECEIPTS), taken.archivedUpto());
        closeCurrent(writer(group, taken.incarnation(), SegmentKind.MESSAGES), taken.firstId() - 1);
        return receipts.take(group, true);
    }

    private SegmentWriter writer(GroupId group, String incarnation, SegmentKind kind) throws IOException {
        return archive.segments(group, incarnation, kind).writer();
    }

    private static void closeCurrent(SegmentWriter writer, long upto) throws IOException {
        cut(writer, upto);
        writer.closeCurrent();
    }

    private void archive(GroupId group, Taken taken) throws IOException {
        SegmentWriter writer = writer(group, taken.incarnation(), SegmentKind.RECEIPTS);
        cut(writer, taken.archivedUpto());
        writer.append(
                taken.archivedUpto() + 1,
                taken.lines().stream().map(ArchiveLine::bytes).toList());
        long upto = commit(group, taken, writer);
        if (upto < taken.archivedUpto() + taken.lines().size()) {
            writer.cut(upto);
        } else {
            writer.roll();
        }
    }

    /** Of a group that was deleted meanwhile nothing more is kept. */
    private long commit(GroupId group, Taken taken, SegmentWriter writer) throws IOException {
        try {
            return receipts.commit(group, taken);
        } catch (Refused gone) {
            writer.cut(taken.archivedUpto());
            throw gone;
        }
    }

    private void archive(GroupId group, DueMessages.Batch batch) throws IOException {
        SegmentWriter writer = writer(group, batch.incarnation(), SegmentKind.MESSAGES);
        cut(writer, batch.firstId() - 1);
        writer.append(
                batch.firstId(), batch.lines().stream().map(MessageLine::bytes).toList());
        if (messages.commit(group, batch)) {
            writer.roll();
        }
    }

    private static void cut(SegmentWriter writer, long upto) throws IOException {
        Cut cut = writer.cut(upto);
        if (!cut.isEmpty()) {
            LOG.warn("A sweep had ended before its commit; cut, to be written again: {}", cut);
        }
    }
}
