package seenby.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Files that a crash left while a segment was closed: a half-compressed file, or the plain one beside the closed one.
 */
record UnfinishedFiles(SegmentFolder folder) {
    void remove() throws IOException {
        List<Path> files = list();
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        if (!files.isEmpty()) {
            folder.sync();
        }
    }

    private List<Path> list() throws IOException {
        List<Path> files = new ArrayList<>();
        Set<String> names = new HashSet<>(folder.names());
        for (String name : names) {
            OptionalLong first = folder.type().first(name);
            boolean isDuplicate = first.isPresent() && names.contains(name + ".gz");
            if (isDuplicate || folder.type().isUnfinished(name)) {
                files.add(folder.path().resolve(name));
            }
        }
        return files;
    }
}
