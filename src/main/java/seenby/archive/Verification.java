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
 * Checks every line of an archive. The archive may be written to at the same time, so a segment that looks damaged is
 * checked again: a writer may have removed lines that were not committed.
 */
public final class Verification {
    private static final int MAX_TRIES = 6;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Path archive;
    private long groups;
    private long segments;
    private long lines;
    private long unknown;

    private Verification(Path archive) {
        this.archive = archive;
    }

    /**
     * Checks an archive, and returns a line with the counts. Fails at the first damaged place, and with
     * {@link NoArchiveException} if the folder has neither the marker of an archive nor any segment.
     */
    public static String of(Path archive) throws IOException, ArchiveCorruptException {
        Verification verification = new Verification(archive);
        for (String group :
                verification.folders(archive, name -> GroupId.parse(name).isPresent())) {
            verification.group(group);
        }
        if (verification.segments == 0 && !Files.exists(archive.resolve(Archive.MARKER))) {
            throw new NoArchiveException(archive);
        }
        return verification.toString();
    }

    private interface NameCheck {
        boolean isOurs(String name);
    }

    /** The names of the archive's folders, sorted. Everything else is counted as unknown. */
    private NavigableSet<String> folders(Path parent, NameCheck check) throws IOException {
        NavigableSet<String> folders = new TreeSet<>();
        for (String name : SegmentFolder.names(archive, parent)) {
            if (check.isOurs(name) && Files.isDirectory(parent.resolve(name))) {
                folders.add(name);
            } else if (!name.equals(Archive.MARKER)) {
                unknown++;
            }
        }
        return folders;
    }

    private void group(String group) throws IOException, ArchiveCorruptException {
        groups++;
        for (String incarnation : folders(archive.resolve(group), Archive::isIncarnation)) {
            for (SegmentType type : SegmentType.values()) {
                segments(new SegmentFolder(archive, group, incarnation, type));
            }
            for (String name :
                    SegmentFolder.names(archive, archive.resolve(group).resolve(incarnation))) {
                unknown += isKnown(name) ? 0 : 1;
            }
        }
    }

    private static boolean isKnown(String name) {
        for (SegmentType type : SegmentType.values()) {
            if (type.first(name).isPresent() || type.isUnfinished(name)) {
                return true;
            }
        }
        return false;
    }

    private void segments(SegmentFolder folder) throws IOException, ArchiveCorruptException {
        NavigableSet<Long> firsts = folder.allFirsts();
        long expected = 1;
        for (long first : firsts) {
            long next = checkWithRetries(folder, first, expected, first == firsts.last());
            segments++;
            lines += next - expected;
            expected = next;
        }
    }

    private static long checkWithRetries(SegmentFolder folder, long first, long expected, boolean isNewest)
            throws IOException, ArchiveCorruptException {
        for (int tries = 1; tries < MAX_TRIES; tries++) {
            try {
                return segment(folder, first, expected, isNewest);
            } catch (ArchiveCorruptException retry) {
                LockSupport.parkNanos(PAUSE.toNanos() * tries);
            }
        }
        return segment(folder, first, expected, isNewest);
    }

    /** Checks one segment, and returns the message that must come after it. A segment that was removed has no lines. */
    private static long segment(SegmentFolder folder, long first, long expected, boolean isNewest)
            throws IOException, ArchiveCorruptException {
        Optional<Segment> found = Segment.open(folder, first);
        if (found.isEmpty()) {
            return expected;
        }
        try (Segment segment = found.get()) {
            if (first != expected) {
                throw new ArchiveCorruptException(segment.path(), 1, "begins with " + first + ", expected " + expected);
            }
            return new SegmentCheck(segment, new LineCheck(folder.type(), folder.group()), expected).next(isNewest);
        }
    }

    @Override
    public String toString() {
        String all = "%d groups, %d segments, %d lines: no errors".formatted(groups, segments, lines);
        return unknown == 0 ? all : all + "; %d unknown files".formatted(unknown);
    }
}
