package seenby.archive;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.group.GroupId;
import seenby.refusal.Refused;
import seenby.segment.SegmentType;
import seenby.segment.SegmentWriter;
import seenby.segment.Truncation;

/**
 * Brings what is due of a group into its archive, a portion at a time: cut, append, fsync, and only then commit. What
 * stands in the store as archived is the truth; lines beyond it were left by a sweep that did not come to its commit, and
 * are cut before the next are appended. So every message stands in the archive exactly once.
 */
public final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final DueReceipts receipts;
    private final DueMessages messages;
    private final SweepTimers timers;
    private final Archive archive;

    public Sweep(DueReceipts receipts, DueMessages messages, SweepTimers timers, Archive archive) {
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
    Optional<SweepTimers.Next> portion(GroupId group) throws IOException {
        SweepClaim taken = take(group);
        if (taken.state() == SweepClaim.State.BUSY) {
            return Optional.of(new SweepTimers.Next(group, Optional.empty(), false));
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
        SweepTimers.Next next = timers.release(group);
        if (next.untrimmed()) {
            receipts.trim(group);
        }
        return Optional.of(next);
    }

    /**
     * After an instance that did not let go, which may only be slow, its segments are closed first: what it still writes
     * goes to a file that is no more.
     */
    private SweepClaim take(GroupId group) throws IOException {
        SweepClaim taken = receipts.take(group, false);
        if (taken.state() != SweepClaim.State.TAKEN_OVER) {
            return taken;
        }
        LOG.info("The sweep of {} is taken over from an instance that did not end it.", group);
        closeCurrent(cut(group, taken.incarnation(), SegmentType.RECEIPTS, taken.archivedUpto()));
        closeCurrent(cut(group, taken.incarnation(), SegmentType.MESSAGES, taken.firstId() - 1));
        return receipts.take(group, true);
    }

    private static void closeCurrent(Optional<SegmentWriter> writer) throws IOException {
        if (writer.isPresent()) {
            writer.get().closeCurrent();
        }
    }

    /**
     * A writer that has cut what was not committed; empty where another sweeps the group by now. It looks at the files
     * before that is asked, and cuts none that has changed since: so it never cuts what another has committed.
     */
    private Optional<SegmentWriter> cut(GroupId group, String incarnation, SegmentType kind, long upto)
            throws IOException {
        SegmentWriter writer = archive.segments(group, incarnation, kind).writer();
        if (!receipts.isHeld(group)) {
            return Optional.empty();
        }
        Truncation cut = writer.cut(upto);
        if (!cut.isEmpty()) {
            LOG.info("A sweep had ended before its commit; cut, to be written again: {}", cut);
        }
        return Optional.of(writer);
    }

    private void archive(GroupId group, SweepClaim taken) throws IOException {
        long before = taken.archivedUpto();
        Optional<SegmentWriter> cut = cut(group, taken.incarnation(), SegmentType.RECEIPTS, before);
        if (cut.isEmpty()) {
            return;
        }
        SegmentWriter writer = cut.get();
        append(
                writer,
                before + 1,
                taken.lines().stream().map(ArchiveLine::bytes).toList());
        OptionalLong upto = commit(group, taken, writer);
        if (upto.isEmpty()) {
            // what stands in the files now may be another's
            return;
        }
        if (upto.getAsLong() < before + taken.lines().size()) {
            writer.cut(upto.getAsLong());
        } else {
            writer.roll();
        }
    }

    /** Of a group that was deleted meanwhile nothing more is kept. */
    private OptionalLong commit(GroupId group, SweepClaim taken, SegmentWriter writer) throws IOException {
        try {
            return receipts.commit(group, taken);
        } catch (Refused gone) {
            writer.cut(taken.archivedUpto());
            archive.prune(group, taken.incarnation());
            throw gone;
        }
    }

    private void archive(GroupId group, DueMessages.Batch batch) throws IOException {
        Optional<SegmentWriter> writer = cut(group, batch.incarnation(), SegmentType.MESSAGES, batch.firstId() - 1);
        if (writer.isEmpty()) {
            return;
        }
        append(
                writer.get(),
                batch.firstId(),
                batch.lines().stream().map(MessageLine::bytes).toList());
        if (messages.commit(group, batch)) {
            writer.get().roll();
        }
    }

    /** What a failure leaves is cut at once, if that can be done; else before the next are appended. */
    private static void append(SegmentWriter writer, long first, List<byte[]> lines) throws IOException {
        try {
            writer.append(first, lines);
        } catch (IOException failed) {
            try {
                writer.cut(first - 1);
            } catch (IOException again) {
                failed.addSuppressed(again);
            }
            throw failed;
        }
    }
}
