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
import seenby.platform.OwnerOnlyFiles;

/** The place of the segments of one type in one group. It makes the group's folders, never the archive's own. */
public record SegmentFolder(Path archive, String group, String incarnation, SegmentType type) {
    Path path() {
        return archive.resolve(group).resolve(incarnation);
    }

    Path plain(long first) {
        return path().resolve(type.fileName(first));
    }

    Path closed(long first) {
        return path().resolve(type.fileName(first) + ".gz");
    }

    /** A free name for a closed segment that the store does not know; no segment has such a name. */
    Path quarantine(long first) {
        int number = 1;
        while (Files.exists(quarantine(first, number))) {
            number++;
        }
        return quarantine(first, number);
    }

    private Path quarantine(long first, int number) {
        return path().resolve(type.fileName(first) + ".gz.aside-" + number);
    }

    /**
     * Each writer has its own: when two close the same segment, the later must not rename what the other still writes.
     */
    Path unfinished(long first, String writer) {
        return path().resolve(type.fileName(first) + "." + writer + ".gz.tmp");
    }

    void make() throws IOException {
        Directories.make(archive.resolve(group), OwnerOnlyFiles.forDirectory());
        Directories.make(path(), OwnerOnlyFiles.forDirectory());
    }

    /** Returns when the names of the files are on disk. */
    void sync() throws IOException {
        Directories.sync(path());
    }

    /** Returns when the names of the files and folders are on disk: a crash may have come before an earlier sync. */
    void syncWithParents() throws IOException {
        sync();
        Directories.sync(archive.resolve(group));
        Directories.sync(archive);
    }

    /** The segments, with the file attributes of plain ones: the map differs once another writer has changed a file. */
    Map<String, String> state() throws IOException {
        Map<String, String> state = new HashMap<>();
        for (String name : names()) {
            if (type.first(name).isPresent()) {
                state.put(name, name.endsWith(".gz") ? "" : state(path().resolve(name)));
            }
        }
        return state;
    }

    private static String state(Path plain) throws IOException {
        BasicFileAttributes file = Files.readAttributes(plain, BasicFileAttributes.class);
        return file.fileKey() + " " + file.size() + " " + file.lastModifiedTime();
    }

    /** The first messages of the segments. It may miss a segment that is closed during the listing. */
    NavigableSet<Long> firsts() throws IOException {
        NavigableSet<Long> firsts = new TreeSet<>();
        for (String name : names()) {
            type.first(name).ifPresent(firsts::add);
        }
        return firsts;
    }

    /** The first messages of the segments, from two listings, which miss none. */
    public NavigableSet<Long> allFirsts() throws IOException {
        NavigableSet<Long> firsts = firsts();
        firsts.addAll(firsts());
        return firsts;
    }

    /** The names of all files here; none if the group has no folder. */
    List<String> names() throws IOException {
        return names(archive, path());
    }

    /** The names in a folder of the archive; none if the folder is missing. Fails if the archive itself is missing. */
    public static List<String> names(Path archive, Path folder) throws IOException {
        // takes a quarter of the time of a stream of paths
        String @Nullable [] names = folder.toFile().list();
        if (names != null) {
            return List.of(names);
        }
        if (Files.isDirectory(archive) && !Files.isDirectory(folder)) {
            return List.of();
        }
        throw new IOException("cannot list " + folder);
    }
}
