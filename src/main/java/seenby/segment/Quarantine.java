package seenby.segment;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.platform.OwnerOnlyFiles;

/**
 * Keeps closed segments with lines above a message under another name. These lines were committed once, so the store
 * was restored to an older state, by a backup or a failover, and will archive the same messages again.
 */
record Quarantine(SegmentFolder folder, long upto) {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    /** Renames a closed segment if it has such lines; its other lines go into a plain segment. Returns the old name. */
    Optional<Path> move(long first) throws IOException {
        Path file = folder.closed(first);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (ClosedSegment segment = ClosedSegment.open(file)) {
            if (segment.last() <= upto) {
                return Optional.empty();
            }
            if (first <= upto) {
                decompress(segment, folder.plain(first));
            }
        }
        Path kept = folder.quarantine(first);
        Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
        folder.sync();
        LOG.warn("{} has messages above {}, which Redis has not archived; the file is kept as {}.", file, upto, kept);
        return Optional.of(file);
    }

    /** Runs before the rename: if a crash comes in between, the next truncation removes the plain file. */
    private void decompress(ClosedSegment segment, Path plain) throws IOException {
        try (FileChannel channel = OwnerOnlyFiles.create(plain)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), GzipMember.BLOCK);
            LineReader lines = segment.from(0);
            for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
                if (LineFormat.id(line.get()).orElse(Long.MAX_VALUE) > upto) {
                    break;
                }
                out.write(line.get());
            }
            out.flush();
            channel.force(true);
        }
    }
}
