package seenby.archive;

import java.io.IOException;
import java.nio.file.Path;

/** A folder is no archive: it has neither the marker of one nor any segment. */
public final class NoArchiveException extends IOException {
    NoArchiveException(Path folder) {
        super(folder + " is not an archive: it has no file " + Archive.MARKER + " and no segments");
    }
}
