package seenby.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import seenby.platform.Directories;

/** Where the segments of one kind in one group lie. Makes the group's folders, never the archive's own. */
public record SegmentFolder(Path archive, String group, String incarnation, SegmentType kind) {
    Path path() {
        return archive.resolve(group).resolve(incarnation);
    }

    Path plain(long first) {
        return path().resolve(kind.fileName(first));
    }

    Path closed(long first) {
        return path().resolve(kind.fileName(first) + ".gz");
    }

    /** Where a closed segment is kept that the store knows nothing of; no name that a segment has. */
    Path aside(long first) {
        int number = 1;
        while (Files.exists(aside(first, number))) {
            number++;
        }
        return aside(first, number);
    }

    private Path aside(long first, int number) {
        return path().resolve(kind.fileName(first) + ".gz.aside-" + number);
    }

    /** Of this writer alone: of two that close the same segment, the later must not rename what the other is writing. */
    Path unfinished(long first, String writer) {
        return path().resolve(kind.fileName(first) + "." + writer + ".gz.tmp");
    }

    void make() throws IOException {
        Directories.make(archive.resolve(group));
        Directories.make(path());
    }

    /** Returns when the names of the files are on disk. */
    void sync() throws IOException {
        Directories.sync(path());
    }

    /** The same with the folders, also those that were made before and not known to be on disk: a crash may have come between. */
    void syncWithParents() throws IOException {
        sync();
        Directories.sync(archive.resolve(group));
        Directories.sync(archive);
    }

    /** What segments there are, and which plain one: it differs once another writer has been here. */
    Map<String, String> state() throws IOException {
        Map<String, String> state = new HashMap<>();
        for (String name : names()) {
            if (kind.first(name).isPresent()) {
                state.put(name, name.endsWith(".gz") ? "" : state(path().resolve(name)));
            }
        }
        return state;
    }

    private static String state(Path plain) throws IOException {
        BasicFileAttributes file = Files.readAttributes(plain, BasicFileAttributes.class);
        return file.fileKey() + " " + file.size() + " " + file.lastModifiedTime();
    }

    /** The messages that segments begin with. A segment that is closed while they are listed may be missing. */
    NavigableSet<Long> firsts() throws IOException {
        NavigableSet<Long> firsts = new TreeSet<>();
        for (String name : names()) {
            kind.first(name).ifPresent(firsts::add);
        }
        return firsts;
    }

    /** The same from two looks, which miss none. */
    public NavigableSet<Long> allFirsts() throws IOException {
        NavigableSet<Long> firsts = firsts();
        firsts.addAll(firsts());
        return firsts;
    }

    /** The names of all that lies here; none where the group has no folder. */
    List<String> names() throws IOException {
        return names(archive, path());
    }

    /** The names in a folder of the archive; none where it is not there, but not so where the archive itself is not. */
    public static List<String> names(Path archive, Path folder) throws IOException {
        // a quarter of the time that a stream of paths takes
        String @Nullable [] names = folder.toFile().list();
        if (names != null) {
            return List.of(names);
        }
        if (Files.isDirectory(archive) && !Files.isDirectory(folder)) {
            return List.of();
        }
        throw new IOException("can't list " + folder);
    }
}
