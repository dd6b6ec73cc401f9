package seenby.platform;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** The room on the disk of a directory, in bytes; not a number while that is unknown. */
public record DiskSpace(Path directory) {
    public double free() {
        return of(FileStore::getUsableSpace);
    }

    public double size() {
        return of(FileStore::getTotalSpace);
    }

    private double of(Measure measure) {
        try {
            return measure.of(Files.getFileStore(directory));
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    @FunctionalInterface
    private interface Measure {
        long of(FileStore disk) throws IOException;
    }
}
