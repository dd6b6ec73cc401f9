package seenby.segment;

import java.nio.file.Path;
import java.util.List;

/**
 * What was cut off.
 *
 * @param lines how many lines, a torn one among them
 * @param files those that were cut or removed; empty where nothing stood above the message
 * @param last the newest message that is left, 0 where there is none: where it is not the one cut at, lines are missing
 */
public record Truncation(long lines, long bytes, List<Path> files, long last) {
    public Truncation {
        files = List.copyOf(files);
    }

    public boolean isEmpty() {
        return files.isEmpty();
    }
}
