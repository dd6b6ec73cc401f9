package seenby.segment;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A writer that may not write yet. It has listed the segments and reads the committed position only after that, so it
 * notices when another writer commits in between and never removes a line that was committed.
 */
public final class UnverifiedWriter {
    private final SegmentFolder folder;
    private final long segmentBytes;
    private final Map<String, String> listed;

    UnverifiedWriter(SegmentFolder folder, long segmentBytes) throws IOException {
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        this.listed = folder.state();
    }

    /**
     * Removes everything above the committed position: whole lines, and what a crash left of others. Fails if the
     * segments have changed since they were listed: then the position may be out of date.
     *
     * @param committed reads the newest committed message; empty if another writer may be at work by now
     * @return a writer that goes on after that message; empty, and nothing is removed, if there is no position
     */
    public Optional<SegmentWriter> truncate(Supplier<OptionalLong> committed) throws IOException {
        OptionalLong upto = committed.get();
        if (upto.isEmpty()) {
            return Optional.empty();
        }
        if (!listed.equals(folder.state())) {
            throw new IOException("another writer has changed " + folder.path());
        }
        return Optional.of(new SegmentWriter(folder, segmentBytes, upto.getAsLong()));
    }
}
