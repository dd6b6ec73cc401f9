package seenby.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/** Copies files so that only their owner can read the copies, and tells every few seconds how far it is. */
public final class FileCopies {
    private static final Duration TELL_EVERY = Duration.ofSeconds(3);
    private static final long PIECE = 8 << 20;
    private static final long MEBI = 1 << 20;

    private final Consumer<String> progress;
    private long files;
    private long bytes;
    private long toldAt = System.nanoTime();

    /** @param progress takes a line about what was copied so far */
    public FileCopies(Consumer<String> progress) {
        this.progress = progress;
    }

    /** How many files were copied. */
    public long files() {
        return files;
    }

    /**
     * Copies what a file holds now, and not what is added meanwhile. Makes the folders of the copy. Returns when the
     * copy is on disk; fails with {@link java.nio.file.NoSuchFileException} if there is no file to copy.
     */
    public void copy(Path from, Path to) throws IOException {
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ)) {
            copy(in, to);
        }
    }

    private void copy(FileChannel in, Path to) throws IOException {
        long size = in.size();
        try {
            Directories.makeWithParents(
                    Objects.requireNonNull(to.toAbsolutePath().getParent()), OwnerOnlyFiles.forDirectory());
            try (FileChannel out = OwnerOnlyFiles.create(to)) {
                long done = 0;
                long copied = 1;
                // nothing is copied where the file has become shorter
                while (done < size && copied > 0) {
                    copied = in.transferTo(done, Math.min(PIECE, size - done), out);
                    done += copied;
                    tell(copied, to);
                }
                out.force(true);
            }
        } catch (IOException e) {
            throw new IOException("cannot write %s: %s".formatted(to, e), e);
        }
        Directories.sync(Objects.requireNonNull(to.toAbsolutePath().getParent()));
        files++;
    }

    private void tell(long more, Path to) {
        bytes += more;
        if (System.nanoTime() - toldAt > TELL_EVERY.toNanos()) {
            toldAt = System.nanoTime();
            progress.accept("%,d files and %,d MiB are copied, now %s".formatted(files, bytes / MEBI, to));
        }
    }
}
