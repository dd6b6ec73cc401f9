package seenby.segment;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps closed segments with lines above a message under another name. They were committed once: so the store was taken
 * back to an older state, from a backup or by a failover, and will archive those messages again.
 */
record Quarantine(SegmentFolder folder, long upto) {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    /** Returns the file that was set aside, if there was any; lines up to the message are in a plain segment then. */
    Optional<Path> segment(long first) throws IOException {
        Path file = folder.closed(first);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (ClosedSegment segment = ClosedSegment.open(file)) {
            if (segment.last() <= upto) {
                return Optional.empty();
            }
            if (first <= upto) {
                unpack(segment, folder.plain(first));
            }
        }
        Path aside = folder.aside(first);
        Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
        folder.sync();
        LOG.warn("{} goes on after {}, where Redis knows of nothing archived: it is kept as {}.", file, upto, aside);
        return Optional.of(file);
    }

    /** Before the other is renamed: what a crash leaves of it until then is removed with the next cut. */
    private void unpack(ClosedSegment segment, Path plain) throws IOException {
        try (FileChannel channel = FileChannel.open(plain, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
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
