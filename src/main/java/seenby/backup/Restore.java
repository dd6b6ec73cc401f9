package seenby.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import seenby.archive.Verification;
import seenby.backup.Manifest.SavedFile;
import seenby.config.Config;
import seenby.embedded.EmbeddedRedis;
import seenby.platform.Digest;
import seenby.platform.Directories;
import seenby.platform.FileCopies;
import seenby.redis.Redis;
import seenby.redis.Schema;
import seenby.segment.ArchiveCorruptException;

/**
 * Puts a backup where a server will look for its data. The file {@code line} is in no backup, so that a new line of
 * history begins, and no client skips a message whose id it has seen.
 */
public final class Restore {
    private static final String REMEDY = "Restore into an empty data.dir, and set archive.dir to an empty one too";
    private static final String UNFINISHED = "redis.new";

    private final Config config;
    private final Consumer<String> progress;
    private final FileCopies copies;

    /**
     * A restore for the server with this configuration.
     *
     * @param progress takes a line every few seconds
     */
    public Restore(Config config, Consumer<String> progress) {
        this.config = config;
        this.progress = progress;
        this.copies = new FileCopies(progress);
    }

    /**
     * Restores a backup, and checks what it has restored: the archive line by line, and Redis by a start. If that
     * fails, nothing of it is left.
     *
     * @return a line that says what was restored
     */
    public String make(Path from) {
        Places.requireEmbedded(config);
        Places.requireEmpty(config.dataDir(), REMEDY);
        Places.requireEmpty(config.archive().dir(), REMEDY);
        try {
            Manifest manifest = Manifest.read(from);
            write(from, manifest);
            progress.accept("%,d files are copied and are checked now".formatted(copies.files()));
            String archive = Verification.of(config.archive().dir());
            return "Restored the backup of %s into %s: %s. The archive: %s."
                    .formatted(manifest.madeAt(), config.dataDir(), counts(), archive);
        } catch (IOException | ArchiveCorruptException | RuntimeException e) {
            Places.clear(config.dataDir());
            Places.clear(config.archive().dir());
            throw new BackupException("nothing is restored: " + Places.reason(e), e);
        }
    }

    /** The data of Redis gets its name last: a server refuses to start without it. */
    private void write(Path from, Manifest manifest) throws IOException {
        for (SavedFile file : manifest.files()) {
            copy(from, file);
        }
        Files.move(
                config.dataDir().resolve(UNFINISHED),
                config.dataDir().resolve(Backup.REDIS),
                StandardCopyOption.ATOMIC_MOVE);
        Directories.sync(config.dataDir());
    }

    private void copy(Path from, SavedFile file) throws IOException {
        Path to = place(file);
        try {
            copies.copy(from.resolve(file.path()), to);
        } catch (NoSuchFileException e) {
            throw new BackupException("%s is missing in the backup".formatted(from.resolve(file.path())), e);
        }
        if (!Digest.sha256(to).equals(file.sha256())) {
            throw new BackupException("%s is damaged: it is not as it was saved".formatted(from.resolve(file.path())));
        }
    }

    private Path place(SavedFile file) {
        if (file.isIn(Backup.ARCHIVE)) {
            return config.archive().dir().resolve(inside(Backup.ARCHIVE, file));
        }
        return file.isIn(Backup.REDIS)
                ? config.dataDir().resolve(UNFINISHED).resolve(inside(Backup.REDIS, file))
                : config.dataDir().resolve(file.path());
    }

    private static String inside(String folder, SavedFile file) {
        return file.path().substring(folder.length() + 1);
    }

    /** Starts Redis on the data, which reads all of it. */
    private String counts() {
        try (EmbeddedRedis embedded =
                        EmbeddedRedis.start(config.dataDir(), config.redis().executable());
                Redis redis = Redis.of(embedded)) {
            Schema schema = new Schema(redis);
            schema.check();
            return schema.counts();
        }
    }
}
