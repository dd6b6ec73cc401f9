package seenby.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.receipt.ReceiptCount;
import seenby.refusal.Unavailable;
import seenby.segment.SampleLines;
import seenby.segment.SegmentType;
import seenby.segment.SegmentWriter;
import seenby.user.UserId;

class ArchiveRangesTest {
    @TempDir
    private Path directory = Path.of("");

    private final Queue<Runnable> reads = new ArrayDeque<>();

    @Test
    void equalReadsAtTheSameTimeAreOne() throws IOException {
        ArchiveRanges ranges = new ArchiveRanges(new ArchiveReader(archive()), reads::add);

        CompletableFuture<List<ReceiptCount>> first = ranges.counts(range(3L, 5L));
        CompletableFuture<List<ReceiptCount>> second = ranges.counts(range(3L, 5L));
        assertSame(first, second);
        CompletableFuture<List<ReceiptCount>> other = ranges.counts(range(4L));

        assertEquals(2, reads.size());
        reads.forEach(Runnable::run);
        assertEquals(List.of(3L, 5L), ids(first));
        assertEquals(List.of(4L), ids(other));
        assertNotSame(first, ranges.counts(range(3L, 5L)), "the first is over");
    }

    @Test
    void theMessagesOfOthersAndThoseThatAreMissingAreLeftOut() throws IOException {
        ArchiveRanges ranges = new ArchiveRanges(new ArchiveReader(archive()), Runnable::run);
        UserId sender = SampleLines.line(1).sender();

        assertEquals(List.of(2L, 70L), ids(ranges.counts(range(2L, 70L, 1000L))));
        assertEquals(List.of(2L, 70L), ids(ranges.counts(range(Optional.of(sender), 2L, 70L))));
        assertEquals(List.of(), ids(ranges.counts(range(Optional.of(new UserId("other")), 2L, 70L))));
    }

    @Test
    void readsBeyondTheBoundAreUnavailableAndNoReadIsForNothing() throws IOException {
        ArchiveRanges ranges = new ArchiveRanges(new ArchiveReader(archive()), read -> {
            throw new RejectedExecutionException();
        });

        assertRefused(ranges.counts(range(1L)));
        assertRefused(ranges.counts(range(1L)));
        assertEquals(List.of(), ids(ranges.counts(range())));
    }

    private static void assertRefused(CompletableFuture<?> counts) {
        Throwable reason = assertThrows(CompletionException.class, counts::join).getCause();
        assertTrue(reason instanceof Unavailable);
    }

    private Archive archive() throws IOException {
        Archive archive = new Archive(directory.resolve("archive"), 1000);
        SegmentWriter writer = SampleLines.writer(
                archive.segments(SampleLines.GROUP, SampleLines.INCARNATION, SegmentType.RECEIPTS), 0);
        writer.append(1, SampleLines.lines(1, 100));
        writer.roll();
        return archive;
    }

    private static ArchiveRanges.Selection range(Long... ids) {
        return range(Optional.empty(), ids);
    }

    private static ArchiveRanges.Selection range(Optional<UserId> sender, Long... ids) {
        return new ArchiveRanges.Selection(
                SampleLines.GROUP, SampleLines.INCARNATION, new TreeSet<>(List.of(ids)), sender);
    }

    private static List<Long> ids(CompletableFuture<List<ReceiptCount>> counts) {
        return counts.join().stream().map(ReceiptCount::id).toList();
    }
}
