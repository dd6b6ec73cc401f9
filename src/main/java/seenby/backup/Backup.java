package seenby.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import seenby.archive.ArchiveCopy;
import seenby.archive.Verification;
import seenby.config.Config;
import seenby.embedded.AppendOnlyCopy;
import seenby.platform.FileCopies;
import seenby.segment.ArchiveCorruptException;

/**
 * Copies everything that a server stores, while it runs or not. Redis comes first and the archive second: what leaves
 * Redis is in the archive before, and a server removes what its archive has and Redis does not know of.
 */
public final class Backup {
    static final String TOKEN = "admin.token";
    static final String REDIS = "redis";
    static final String ARCHIVE = "archive";

    private static final long MEBI = 1 << 20;

    private final Config config;
    private final Consumer<String> progress;
    private final String version;
    private final Clock clock;

    /**
     * A backup of the server with this configuration.
     *
     * @param progress takes a line every few seconds
     * @param version of the jar
     */
    public Backup(Config config, Consumer<String> progress, String version, Clock clock) {
        this.config = config;
        this.progress = progress;
        this.version = version;
        this.clock = clock;
    }

    /**
     * Makes a backup in a folder that is empty or does not exist. If that fails, the folder is empty again.
     *
     * @return a line that says what is in it
     */
    public String make(Path to) {
        Places.requireEmbedded(config);
        Places.requireEmpty(to, "Name another folder for the backup");
        if (to.toAbsolutePath().startsWith(config.archive().dir().toAbsolutePath())) {
            throw new BackupException("%s is in the archive. Name another folder for the backup".formatted(to));
        }
        try {
            return write(to);
        } catch (IOException | ArchiveCorruptException | RuntimeException e) {
            Places.clear(to);
            throw new BackupException("nothing is backed up: " + reason(e, to), e);
        }
    }

    /** What was copied is removed, so the line names what it was copied from. */
    private String reason(Exception failure, Path to) {
        return Places.reason(failure)
                .replace(to.resolve(ARCHIVE).toString(), config.archive().dir().toString());
    }

    private String write(Path to) throws IOException, ArchiveCorruptException {
        FileCopies copies = new FileCopies(progress);
        new AppendOnlyCopy(config.dataDir()).make(to.resolve(REDIS), copies);
        new ArchiveCopy(config.archive().dir(), copies).make(to.resolve(ARCHIVE));
        Path token = config.dataDir().resolve(TOKEN);
        if (Files.exists(token)) {
            copies.copy(token, to.resolve(TOKEN));
        }
        progress.accept("%,d files are copied and are checked now".formatted(copies.files()));
        String archive = Verification.of(to.resolve(ARCHIVE));
        Manifest manifest = Manifest.of(to, version, clock.instant());
        manifest.write(to);
        return "Backed up %,d files with %,d MiB in %s. The archive: %s."
                .formatted(manifest.files().size(), manifest.bytes() / MEBI, to, archive);
    }
}
