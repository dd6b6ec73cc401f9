package seenby.segment;

import java.nio.file.Path;
import java.util.List;

/**
 * The result of removing all lines above a message.
 *
 * @param lines how many lines were removed; a torn one counts
 * @param files the files that were shortened, removed or renamed; empty if there was nothing above the message
 * @param last the newest message that is left, 0 if there is none; a smaller one than asked for means that lines are
 *     missing
 */
public record Truncation(long lines, long bytes, List<Path> files, long last) {
    public Truncation {
        files = List.copyOf(files);
    }

    public boolean isEmpty() {
        return files.isEmpty();
    }
}
