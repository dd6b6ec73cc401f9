package seenby.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import seenby.group.GroupId;
import seenby.segment.ArchiveCorruptException;
import seenby.segment.Segment;
import seenby.segment.SegmentFolder;
import seenby.segment.SegmentType;

/**
 * Looks at every line of an archive, which may be written to meanwhile: what seems wrong is looked at again before it is
 * believed, for the writer may have cut off what was not committed.
 */
public final class Verification {
    private static final int LOOKS = 6;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Path archive;
    private long groups;
    private long segments;
    private long lines;
    private long unknown;

    private Verification(Path archive) {
        this.archive = archive;
    }

    /** What was found to be as it should be, in one line; or the first place that is not. */
    public static String of(Path archive) throws IOException, ArchiveCorruptException {
        Verification verification = new Verification(archive);
        for (String group :
                verification.folders(archive, name -> GroupId.parse(name).isPresent())) {
            verification.group(group);
        }
        return verification.toString();
    }

    private interface NameCheck {
        boolean isOurs(String name);
    }

    /** The names of the folders that are ours, sorted; all else is counted, and left alone. */
    private NavigableSet<String> folders(Path parent, NameCheck check) throws IOException {
        NavigableSet<String> folders = new TreeSet<>();
        for (String name : SegmentFolder.names(archive, parent)) {
            if (check.isOurs(name) && Files.isDirectory(parent.resolve(name))) {
                folders.add(name);
            } else {
                unknown++;
            }
        }
        return folders;
    }

    private void group(String group) throws IOException, ArchiveCorruptException {
        groups++;
        for (String incarnation : folders(archive.resolve(group), Archive::isIncarnation)) {
            for (SegmentType kind : SegmentType.values()) {
                segments(new SegmentFolder(archive, group, incarnation, kind));
            }
            for (String name :
                    SegmentFolder.names(archive, archive.resolve(group).resolve(incarnation))) {
                unknown += isKnown(name) ? 0 : 1;
            }
        }
    }

    private static boolean isKnown(String name) {
        for (SegmentType kind : SegmentType.values()) {
            if (kind.first(name).isPresent() || kind.isUnfinished(name)) {
                return true;
            }
        }
        return false;
    }

    private void segments(SegmentFolder folder) throws IOException, ArchiveCorruptException {
        NavigableSet<Long> firsts = folder.allFirsts();
        long due = 1;
        for (long first : firsts) {
            long after = believed(folder, first, due, first == firsts.last());
            segments++;
            lines += after - due;
            due = after;
        }
    }

    private static long believed(SegmentFolder folder, long first, long due, boolean isNewest)
            throws IOException, ArchiveCorruptException {
        for (int look = 1; look < LOOKS; look++) {
            try {
                return segment(folder, first, due, isNewest);
            } catch (ArchiveCorruptException again) {
                LockSupport.parkNanos(PAUSE.toNanos() * look);
            }
        }
        return segment(folder, first, due, isNewest);
    }

    /** Checks one segment; answers the message that is due after it. One that was cut off meanwhile has none. */
    private static long segment(SegmentFolder folder, long first, long due, boolean isNewest)
            throws IOException, ArchiveCorruptException {
        Optional<Segment> found = Segment.open(folder, first);
        if (found.isEmpty()) {
            return due;
        }
        try (Segment segment = found.get()) {
            if (first != due) {
                throw new ArchiveCorruptException(
                        segment.path(), 1, "begins with " + first + " where " + due + " is due");
            }
            return new SegmentCheck(segment, new LineCheck(folder.kind(), folder.group()), due).next(isNewest);
        }
    }

    @Override
    public String toString() {
        String all = "%d groups, %d segments, %d lines: all as they should be".formatted(groups, segments, lines);
        return unknown == 0 ? all : all + "; %d files are not the archive's".formatted(unknown);
    }
}
