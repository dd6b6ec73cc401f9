package seenby.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import seenby.platform.FileCopies;
import seenby.segment.SegmentFolder;
import seenby.segment.SegmentType;

/** A copy of an archive, made while a server writes to it or not. Everything that was committed before is in it. */
public record ArchiveCopy(Path archive, FileCopies copies) {
    private static final String CLOSED = ".gz";

    /** Copies all files into a directory, which is made. */
    public void make(Path to) throws IOException {
        folder(archive, to);
    }

    private void folder(Path from, Path to) throws IOException {
        for (String name : names(from)) {
            if (Files.isDirectory(from.resolve(name))) {
                folder(from.resolve(name), to.resolve(name));
            } else {
                file(from.resolve(name), to.resolve(name));
            }
        }
    }

    /** From two listings: one may miss a segment that is being closed. Then its closed file is in the second. */
    private NavigableSet<String> names(Path folder) throws IOException {
        NavigableSet<String> names = new TreeSet<>(SegmentFolder.names(archive, folder));
        names.addAll(SegmentFolder.names(archive, folder));
        names.removeIf(name -> names.contains(name + CLOSED) || isUnfinished(name));
        return names;
    }

    private static boolean isUnfinished(String name) {
        return Stream.of(SegmentType.values()).anyMatch(type -> type.isUnfinished(name));
    }

    /** A file that is gone by now was closed, or its group was deleted. */
    private void file(Path from, Path to) throws IOException {
        try {
            copies.copy(from, to);
        } catch (NoSuchFileException gone) {
            Path closed = from.resolveSibling(from.getFileName() + CLOSED);
            if (Files.exists(closed)) {
                copies.copy(closed, to.resolveSibling(closed.getFileName()));
            }
        }
    }
}
