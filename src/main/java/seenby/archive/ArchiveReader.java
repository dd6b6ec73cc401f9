package seenby.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import seenby.group.GroupId;
import seenby.platform.Condition;
import seenby.refusal.Unavailable;

/** Reads the archive for requests. The log tells when reads begin to fail, and when they work again. */
final class ArchiveReader {
    private static final Duration QUIET = Duration.ofSeconds(5);

    private final Archive archive;
    private final Condition readable =
            new Condition("Cannot read archived receipts", "Archived receipts can be read again", QUIET);

    ArchiveReader(Archive archive) {
        this.archive = archive;
    }

    private interface FileRead<T> {
        T run() throws IOException;
    }

    Optional<ArchiveLine> find(GroupId group, String incarnation, long id) {
        return read(() -> archive.find(group, incarnation, id));
    }

    /** Passes the line of each message of the range that is in the archive. */
    void lines(ArchiveRanges.Selection range, Consumer<ArchiveLine> each) {
        read(() -> {
            archive.lines(range.group(), range.incarnation(), range.ids(), range.sender(), each);
            return range;
        });
    }

    private <T> T read(FileRead<T> read) {
        try {
            T found = read.run();
            readable.hold();
            return found;
        } catch (IOException e) {
            readable.fail(e.toString());
            throw new Unavailable("cannot read the archive", e);
        }
    }
}
