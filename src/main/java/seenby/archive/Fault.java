package seenby.archive;

import java.nio.file.Path;

/** The first place in an archive that is not as it should be. */
public final class Fault extends Exception {
    Fault(Path file, long line, String what) {
        super("%s:%d: %s".formatted(file, line, what));
    }
}
