package seenby.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.error.OsArchitectureNotFound;
import redis.embedded.error.UnknownOSName;
import seenby.platform.OwnerOnlyFiles;

/**
 * The directory of the embedded Redis: its executable, configuration, log and data.
 *
 * <p>Redis always runs from the copy in this directory, even if {@code redis.executable} is set. So a process that
 * outlived its server can be identified by its path, and ended.
 */
final class RedisDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(RedisDirectory.class);
    private static final String OWN = "or set redis.url to use an external Redis";

    /** The executable exists, as we have just copied it, so its loader is missing. */
    private static final Pattern NO_LOADER = Pattern.compile("setsid: .*redis-server.*No such file or directory");

    private static final Pattern OLD = Pattern.compile(" v=[1-6]\\.");

    private final Path directory;
    private final Path executable;
    private final Path log;

    private RedisDirectory(Path directory) {
        this.directory = directory;
        this.executable = directory.resolve("redis-server");
        this.log = directory.resolve("redis.log");
    }

    /** Creates the directory if it does not exist, with access for its owner only. Returns its real path. */
    static Path directory(Path path) {
        if (!OwnerOnlyFiles.areSupported()) {
            throw unsupported();
        }
        try {
            return OwnerOnlyFiles.createDirectories(path).toRealPath();
        } catch (IOException e) {
            throw new EmbeddedRedisException(
                    "cannot create data.dir %s: %s. Allow this user to write there, or set another data.dir"
                            .formatted(path, e),
                    e);
        }
    }

    /** Opens the directory in a data directory that the caller has locked. Ends a Redis that still runs from it. */
    static RedisDirectory open(Path dataDir, Optional<Path> executable) {
        RedisDirectory home = new RedisDirectory(directory(dataDir.resolve("redis")));
        home.endOrphans();
        try {
            home.copyExecutable(executable);
            home.refuseOlderThanData();
        } catch (IOException e) {
            throw new EmbeddedRedisException(
                    "cannot copy redis-server to %s: %s. Check the free space and the permissions there"
                            .formatted(home.directory, e),
                    e);
        }
        return home;
    }

    /** The command that runs Redis in this directory. */
    ProcessBuilder command() {
        List<String> words = new ArrayList<>();
        // In a new session, so that Ctrl-C in the server's terminal does not end Redis before the server has answered
        // its
        // open polls. Without setsid (macOS), Redis ends first and is restarted while the server stops.
        Path setsid = Path.of("/usr/bin/setsid");
        if (Files.isExecutable(setsid)) {
            words.add(setsid.toString());
        }
        words.add(executable.toString());
        words.add("redis.conf");
        return new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
    }

    Path path() {
        return directory;
    }

    Path log() {
        return log;
    }

    /** Writes the configuration to a file that only its owner can read, because everyone can read command lines. */
    void configure(int port, String password) {
        // The process runs in this directory, so the file has no path that would need quoting.
        String text = String.join(
                "\n",
                "bind 127.0.0.1",
                "port " + port,
                "requirepass " + password,
                "daemonize no",
                "dir ./",
                "logfile \"\"",
                "appendonly yes",
                "appendfsync always",
                "aof-load-truncated no", // see AppendOnlyFile.repairEnd
                "save \"\"",
                "maxmemory-policy noeviction",
                "set-max-intset-entries 65536",
                "notify-keyspace-events Ex",
                "");
        Path file = directory.resolve("redis.conf");
        try {
            OwnerOnlyFiles.write(file, text);
        } catch (IOException e) {
            throw new EmbeddedRedisException(
                    "cannot write %s: %s. Check the free space and the permissions there".formatted(file, e), e);
        }
    }

    /** Says why Redis has ended: what to do if the cause is known, else its last words. */
    EmbeddedRedisException failure(String words) {
        if (words.contains("libssl.so.3") || words.contains("libcrypto.so.3")) {
            return lacks("OpenSSL 3", "Install it (on Debian and Ubuntu: apt-get install libssl3)");
        }
        if (NO_LOADER.matcher(words).find()) {
            return lacks("glibc", "Use a system that has it (Alpine does not)");
        }
        if (words.contains("Permission denied") && words.contains("setsid")) {
            return new EmbeddedRedisException(
                    "cannot run %s: the file system may be mounted with noexec. Mount it without that, or set another data.dir"
                            .formatted(executable));
        }
        if (AppendOnlyFile.isDamaged(words)) {
            return data().damage();
        }
        return new EmbeddedRedisException("the embedded Redis did not start. The end of %s: %s".formatted(log, words));
    }

    private static EmbeddedRedisException lacks(String what, String remedy) {
        return new EmbeddedRedisException(
                "the embedded Redis needs %s, which is not installed. %s, set redis.executable to another one, %s"
                        .formatted(what, remedy, OWN));
    }

    /** Repairs data that Redis has refused with these last words. Returns false if that is not possible. */
    boolean repairs(String words) {
        return AppendOnlyFile.isDamaged(words) && data().repairEnd();
    }

    AppendOnlyFile data() {
        return new AppendOnlyFile(directory);
    }

    /** Begins a new log. */
    void clearLog() {
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            LOG.debug("Cannot delete {}", log, e);
        }
    }

    /** Nobody else would: a Redis that is killed during a rewrite leaves up to as much as all its data each time. */
    void removeUnfinishedRewrites() {
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(directory, "temp-rewriteaof-*.aof")) {
            for (Path file : unfinished) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("Cannot remove an unfinished rewrite from {}: {}", directory, e.toString());
        }
    }

    /** Ends the Redis of a killed server. Only such a process can run from this path, as we hold the lock. */
    private void endOrphans() {
        List<ProcessHandle> orphans = ProcessHandle.allProcesses()
                .filter(process -> process.info().command().filter(this::isOurs).isPresent())
                .toList();
        for (ProcessHandle orphan : orphans) {
            LOG.info("Ending the Redis that an earlier server left behind (process {}).", orphan.pid());
            RedisProcess.end(orphan);
            if (RedisProcess.isRunning(orphan)) {
                throw new EmbeddedRedisException(
                        "cannot end process %d, a Redis that still writes to %s. End it, and start the server again"
                                .formatted(orphan.pid(), directory));
            }
        }
    }

    /** Linux appends a word to the path if the file has been replaced. */
    private boolean isOurs(String command) {
        return command.equals(executable.toString()) || command.equals(executable + " (deleted)");
    }

    /** Replaces the executable by a rename: a running one cannot be overwritten, and a crash leaves no half file. */
    private void copyExecutable(Optional<Path> given) throws IOException {
        Path copy;
        if (given.isPresent()) {
            copy = directory.resolve("redis-server.new");
            if (!Files.isRegularFile(given.get()) || !Files.isExecutable(given.get())) {
                throw new EmbeddedRedisException(
                        "redis.executable: %s is not an executable file".formatted(given.get()));
            }
            Files.copy(given.get(), copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        } else {
            copy = bundled();
        }
        Files.move(copy, executable, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Redis 7 moves the append-only file to a directory that older versions ignore. An older Redis would start empty,
     * as if all data were lost.
     */
    private void refuseOlderThanData() throws IOException {
        if (!data().isDirectory()) {
            return;
        }
        Process asked = new ProcessBuilder(executable.toString(), "--version").start();
        String version = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (OLD.matcher(version).find()) {
            throw new EmbeddedRedisException(
                    "the data in %s is from Redis 7 or newer. Set redis.executable to a redis-server of that version"
                            .formatted(directory));
        }
    }

    /** Unpacks the executable of the library, the only part of it that we use: see {@link EmbeddedRedis}. */
    private Path bundled() throws IOException {
        try {
            return ExecutableProvider.newJarResourceProvider(directory.toFile())
                    .get()
                    .toPath();
        } catch (OsArchitectureNotFound | UnknownOSName | NullPointerException e) {
            // The library looks the platform up in a map, and fails with a null if it is not there.
            throw unsupported();
        }
    }

    private static EmbeddedRedisException unsupported() {
        return new EmbeddedRedisException(
                "no Redis is bundled for this platform (%s on %s). Set redis.executable to a redis-server, %s"
                        .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), OWN));
    }
}
