package seenby.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import seenby.group.GroupId;
import seenby.platform.DaemonThreads;
import seenby.receipt.ReceiptCount;
import seenby.refusal.Unavailable;
import seenby.user.UserId;

/**
 * Reads the counts of many archived messages. A read may take seconds in a large group, so a few threads do it, and
 * requests wait for them without a thread. Equal reads at the same time are one.
 */
final class ArchiveRanges {
    private static final int THREADS = 2;
    private static final int MOST_WAITING = 500;

    private final ArchiveReader archive;
    private final Executor readers;
    private final Map<Selection, CompletableFuture<List<ReceiptCount>>> underWay = new ConcurrentHashMap<>();

    /**
     * Archived messages of a group.
     *
     * @param sender only those that this user sent; empty for all
     */
    record Selection(GroupId group, String incarnation, NavigableSet<Long> ids, Optional<UserId> sender) {}

    ArchiveRanges(ArchiveReader archive) {
        this(archive, DaemonThreads.pool(THREADS, new ArrayBlockingQueue<>(MOST_WAITING), "archive-read-"));
    }

    ArchiveRanges(ArchiveReader archive, Executor readers) {
        this.archive = archive;
        this.readers = readers;
    }

    /** The counts of those that are in the archive. Fails with {@link Unavailable}, also if too many reads wait. */
    CompletableFuture<List<ReceiptCount>> counts(Selection range) {
        if (range.ids().isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        CompletableFuture<List<ReceiptCount>> counts = new CompletableFuture<>();
        CompletableFuture<List<ReceiptCount>> same = underWay.putIfAbsent(range, counts);
        if (same != null) {
            return same;
        }
        try {
            readers.execute(() -> read(range, counts));
        } catch (RejectedExecutionException full) {
            underWay.remove(range);
            counts.completeExceptionally(new Unavailable("too many reads of the archive are waiting", full));
        }
        return counts;
    }

    private void read(Selection range, CompletableFuture<List<ReceiptCount>> counts) {
        try {
            counts.complete(read(range));
        } catch (RuntimeException e) {
            counts.completeExceptionally(e);
        } finally {
            underWay.remove(range);
        }
    }

    private List<ReceiptCount> read(Selection range) {
        List<ReceiptCount> counts = new ArrayList<>();
        archive.lines(range, line -> line.receipt().ifPresent(receipt -> counts.add(receipt.count())));
        return counts;
    }
}
