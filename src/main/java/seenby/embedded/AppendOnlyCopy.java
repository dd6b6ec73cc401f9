package seenby.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import seenby.platform.Directories;
import seenby.platform.FileCopies;

/**
 * A copy of the data of the embedded Redis, made while Redis runs or not. It has all that Redis has answered before,
 * because Redis writes to the end of its file before it answers.
 */
public final class AppendOnlyCopy {
    private static final int MOST_TRIES = 5;
    private static final Pattern PART = Pattern.compile("(?m)^file (\\S+) seq \\d+ type [bi]$");

    private final Path directory;
    private final AppendOnlyFile data;

    public AppendOnlyCopy(Path dataDir) {
        this.directory = dataDir.resolve("redis");
        this.data = new AppendOnlyFile(directory);
    }

    /**
     * Copies the data into a directory, which is made, and checks the copy.
     *
     * @throws EmbeddedRedisException if there is no data, or it is damaged
     */
    public void make(Path to, FileCopies copies) throws IOException {
        for (int tries = 1; !isMade(to, copies); tries++) {
            Directories.delete(to);
            if (tries == MOST_TRIES) {
                throw new EmbeddedRedisException("%s has no data of Redis. Check data.dir".formatted(directory));
            }
        }
        if (!new AppendOnlyFile(to).removeUnfinishedEnd(directory)) {
            throw data.damage();
        }
    }

    /** Returns false if a file is missing: Redis may have replaced it by a rewritten one. */
    private boolean isMade(Path to, FileCopies copies) throws IOException {
        try {
            if (data.isDirectory()) {
                copyParts(to, copies);
            } else {
                copies.copy(directory.resolve(AppendOnlyFile.FILE), to.resolve(AppendOnlyFile.FILE));
            }
            return true;
        } catch (NoSuchFileException replaced) {
            return false;
        }
    }

    /** The list comes first: a file that is begun later may be missing, as what it has came later too. */
    private void copyParts(Path to, FileCopies copies) throws IOException {
        Path from = directory.resolve(AppendOnlyFile.DIRECTORY);
        Path parts = to.resolve(AppendOnlyFile.DIRECTORY);
        copies.copy(from.resolve(AppendOnlyFile.LIST), parts.resolve(AppendOnlyFile.LIST));
        for (String part : parts(parts.resolve(AppendOnlyFile.LIST))) {
            copies.copy(from.resolve(part), parts.resolve(part));
        }
    }

    private static List<String> parts(Path list) throws IOException {
        Matcher found = PART.matcher(Files.readString(list));
        return found.results().map(part -> part.group(1)).toList();
    }
}
