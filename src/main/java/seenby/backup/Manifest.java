package seenby.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import seenby.json.Json;
import seenby.platform.Digest;
import seenby.platform.Directories;
import seenby.platform.OwnerOnlyFiles;

/**
 * What is in a backup. It is written last: a folder without it is no backup, or only a part of one.
 *
 * @param version of the jar that made it
 */
record Manifest(String version, Instant madeAt, List<SavedFile> files) {
    static final String NAME = "manifest.json";

    Manifest {
        files = List.copyOf(files);
    }

    /** @param path in the backup, with slashes */
    record SavedFile(String path, long bytes, String sha256) {
        boolean isIn(String folder) {
            return path.startsWith(folder + "/");
        }
    }

    /** The manifest of all files that a folder has. */
    static Manifest of(Path folder, String version, Instant now) throws IOException {
        List<SavedFile> files = new ArrayList<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                files.add(new SavedFile(folder.relativize(file).toString(), Files.size(file), Digest.sha256(file)));
            }
        }
        return new Manifest(version, now, files);
    }

    static Manifest read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        try {
            Manifest manifest = Json.read(Files.readAllBytes(file), Manifest.class);
            manifest.files.forEach(Manifest::requireInside);
            return manifest;
        } catch (NoSuchFileException missing) {
            throw new BackupException("%s is no whole backup: it has no %s".formatted(folder, NAME), missing);
        } catch (JsonProcessingException | NullPointerException e) {
            throw new BackupException("%s is damaged: take another backup".formatted(file), e);
        }
    }

    private static void requireInside(SavedFile saved) {
        Path path = Path.of(saved.path);
        if (path.isAbsolute() || path.startsWith("..") || !path.equals(path.normalize())) {
            throw new BackupException("%s names a file outside of the backup: %s".formatted(NAME, saved.path));
        }
    }

    void write(Path folder) throws IOException {
        OwnerOnlyFiles.replace(folder.resolve(NAME), new String(Json.write(this), StandardCharsets.UTF_8));
        Directories.sync(folder);
    }

    long bytes() {
        return files.stream().mapToLong(SavedFile::bytes).sum();
    }
}
