package seenby.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.segment.SampleLines;
import seenby.segment.SegmentType;
import seenby.segment.SegmentWriter;
import seenby.segment.Segments;

/** A sweep that is paused between append and commit for so long that another server takes over. */
class OvertakenSweepTest {
    @TempDir
    private Path directory = Path.of("");

    private Archive archive = new Archive(directory, 1 << 20);

    @BeforeEach
    void openArchive() {
        archive = new Archive(directory, 1 << 20);
    }

    private Segments segments() throws IOException {
        return archive.segments(SingleDueReceipt.GROUP, SingleDueReceipt.INCARNATION, SegmentType.RECEIPTS);
    }

    /** The other server has closed this one's segment and appended to a new one, but not committed yet. */
    private boolean takeOver() {
        try {
            SegmentWriter writer = SampleLines.writer(segments(), 0);
            writer.closeCurrent();
            writer.append(1, List.of(SingleDueReceipt.LINE.bytes()));
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void thePausedSweepKeepsTheLinesOfTheOtherServer() throws IOException {
        SingleDueReceipt store = new SingleDueReceipt(claim -> {}, this::takeOver);

        assertEquals(Optional.empty(), new Sweep(store, archive).portion(SingleDueReceipt.GROUP));

        assertArrayEquals(SingleDueReceipt.LINE.bytes(), segments().find(1).orElseThrow());
    }
}
