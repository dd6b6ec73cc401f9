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
 * Moves what is due in a group into its archive, one portion at a time: truncate, append, fsync, and only then commit.
 * The store decides what is archived. Lines above that come from a sweep that did not reach its commit; they are
 * removed before others are appended. So every message is in the archive exactly once.
 */
public final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final SweepStore store;
    private final Archive archive;

    public Sweep(SweepStore store, Archive archive) {
        this.store = store;
        this.archive = archive;
    }

    /**
     * Archives the next portion. Refuses with {@code NO_GROUP}.
     *
     * @return when to sweep the group again; empty if more may be due at once
     * @throws IOException if the archive cannot be written; nothing is lost, and the portion can be repeated
     */
    Optional<NextSweep> portion(GroupId group) throws IOException {
        Optional<SweepClaim> claim = store.claim(group, incarnation -> closeSegments(group, incarnation));
        return claim.isPresent() ? portion(claim.get()) : Optional.of(new NextSweep(group, Optional.empty(), false));
    }

    private Optional<NextSweep> portion(SweepClaim claim) throws IOException {
        if (archiveReceipts(claim) || archiveMessages(claim)) {
            return Optional.empty();
        }
        NextSweep next = claim.release();
        if (next.needsTrim()) {
            store.trim(claim.group());
        }
        return Optional.of(next);
    }

    /** The other instance may only be slow: what it still writes goes to a file that no longer exists. */
    private boolean closeSegments(GroupId group, String incarnation) throws IOException {
        LOG.info("Taking over the sweep of {} from an instance that did not finish it.", group);
        for (SegmentType type : SegmentType.values()) {
            Optional<SegmentWriter> writer = writer(group, incarnation, type);
            if (writer.isEmpty()) {
                return false;
            }
            writer.get().closeCurrent();
        }
        return true;
    }

    /** A writer that has removed what was not committed; empty if this instance has lost the claim. */
    private Optional<SegmentWriter> writer(GroupId group, String incarnation, SegmentType type) throws IOException {
        Optional<SegmentWriter> writer =
                archive.segments(group, incarnation, type).open().truncate(() -> committed(group, type));
        if (writer.isPresent()) {
            Truncation removed = writer.get().truncation();
            if (!removed.isEmpty()) {
                LOG.info("Removed the lines of a sweep that was not committed; they are archived again: {}", removed);
            }
        }
        return writer;
    }

    private OptionalLong committed(GroupId group, SegmentType type) {
        return store.committed(group)
                .map(position -> OptionalLong.of(position.of(type)))
                .orElse(OptionalLong.empty());
    }

    /** Returns false if no receipts are due. */
    private boolean archiveReceipts(SweepClaim claim) throws IOException {
        List<ArchiveLine> lines = claim.receipts();
        if (lines.isEmpty()) {
            return false;
        }
        Optional<SegmentWriter> writer = writer(claim.group(), claim.incarnation(), SegmentType.RECEIPTS);
        if (writer.isPresent()) {
            archive(claim, lines, writer.get());
        }
        return true;
    }

    private void archive(SweepClaim claim, List<ArchiveLine> lines, SegmentWriter writer) throws IOException {
        append(writer, lines.get(0).id(), lines.stream().map(ArchiveLine::bytes).toList());
        OptionalLong upto = commit(claim, lines, writer);
        if (upto.isEmpty()) {
            // the files may belong to another instance by now
            return;
        }
        if (upto.getAsLong() < lines.get(lines.size() - 1).id()) {
            writer.truncate(upto.getAsLong());
        } else {
            writer.roll();
        }
    }

    /** Leaves no files of a group that was deleted meanwhile. */
    private OptionalLong commit(SweepClaim claim, List<ArchiveLine> lines, SegmentWriter writer) throws IOException {
        try {
            return claim.commitReceipts(lines);
        } catch (Refused noGroup) {
            writer.truncate(lines.get(0).id() - 1);
            archive.prune(claim.group(), claim.incarnation());
            throw noGroup;
        }
    }

    /** Returns false if no messages are due. */
    private boolean archiveMessages(SweepClaim claim) throws IOException {
        List<MessageLine> lines = claim.messages();
        if (lines.isEmpty()) {
            return false;
        }
        Optional<SegmentWriter> writer = writer(claim.group(), claim.incarnation(), SegmentType.MESSAGES);
        if (writer.isPresent()) {
            append(
                    writer.get(),
                    lines.get(0).id(),
                    lines.stream().map(MessageLine::bytes).toList());
            if (claim.commitMessages(lines)) {
                writer.get().roll();
            }
        }
        return true;
    }

    /** Removes the remains of a failed append at once, if possible; otherwise the next portion does. */
    private static void append(SegmentWriter writer, long first, List<byte[]> lines) throws IOException {
        try {
            writer.append(first, lines);
        } catch (IOException failure) {
            try {
                writer.truncate(first - 1);
            } catch (IOException another) {
                failure.addSuppressed(another);
            }
            throw failure;
        }
    }
}
