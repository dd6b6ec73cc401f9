package seenby.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** What a crash in the middle of closing a segment leaves: a file that was being compressed, or the plain one beside it. */
record UnfinishedFiles(SegmentFolder folder) {
    void remove() throws IOException {
        List<Path> left = list();
        for (Path file : left) {
            Files.deleteIfExists(file);
        }
        if (!left.isEmpty()) {
            folder.sync();
        }
    }

    private List<Path> list() throws IOException {
        List<Path> left = new ArrayList<>();
        Set<String> names = new HashSet<>(folder.names());
        for (String name : names) {
            OptionalLong first = folder.kind().first(name);
            boolean isDouble = first.isPresent() && names.contains(name + ".gz");
            if (isDouble || folder.kind().isUnfinished(name)) {
                left.add(folder.path().resolve(name));
            }
        }
        return left;
    }
}
