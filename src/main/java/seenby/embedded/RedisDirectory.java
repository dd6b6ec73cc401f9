package seenby.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.error.OsArchitectureNotFound;
import redis.embedded.error.UnknownOSName;
import seenby.platform.OwnerOnlyFiles;

/**
 * The directory in which the embedded Redis lives: its executable, its configuration, its log and its data.
 *
 * <p>Redis always runs from the copy in here, also where {@code redis.executable} names another. So its processes can
 * be told from any other's by the path they run from, and one that outlived its server can be found and ended.
 */
final class RedisDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(RedisDirectory.class);
    private static final String OWN = "or point redis.url at a Redis of your own";
    private static final int LOG_LINES = 3;

    /** The executable is there, as we have just copied it: what is missing is what it is loaded by. */
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

    /** Makes the directory, if it isn't there, for its owner's eyes only, and returns its real path. */
    static Path directory(Path path) {
        if (!OwnerOnlyFiles.areSupported()) {
            throw unsupported();
        }
        try {
            return OwnerOnlyFiles.createDirectories(path).toRealPath();
        } catch (IOException e) {
            throw new EmbeddedRedisException("data.dir %s can't be made: %s".formatted(path, e), e);
        }
    }

    /** Opens the home in a data directory that the caller has locked; a Redis that still runs from it is ended. */
    static RedisDirectory open(Path dataDir, Optional<Path> executable) {
        RedisDirectory home = new RedisDirectory(directory(dataDir.resolve("redis")));
        home.endOrphans();
        try {
            home.copyExecutable(executable);
            home.refuseOlderThanData();
        } catch (IOException e) {
            throw new EmbeddedRedisException("redis-server can't be copied to data.dir: " + e, e);
        }
        return home;
    }

    /** The command that runs Redis in here. */
    ProcessBuilder command() {
        List<String> words = new ArrayList<>();
        // In a session of its own, so that Ctrl-C in the server's terminal does not reach Redis before the server has
        // answered its open polls. Where there is no setsid (macOS), Redis goes first and is started again meanwhile.
        Path setsid = Path.of("/usr/bin/setsid");
        if (Files.isExecutable(setsid)) {
            words.add(setsid.toString());
        }
        words.add(executable.toString());
        words.add("redis.conf");
        return new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
    }

    Path log() {
        return log;
    }

    /** Writes what Redis is told: in a file that only its owner can read, as command lines are there for all to see. */
    void configure(int port, String password) {
        // The process runs in this directory, so no path stands here that would need quoting.
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
                "save \"\"",
                "maxmemory-policy noeviction",
                "set-max-intset-entries 65536",
                "notify-keyspace-events Ex",
                "");
        Path file = directory.resolve("redis.conf");
        try {
            OwnerOnlyFiles.write(file, text);
        } catch (IOException e) {
            throw new EmbeddedRedisException("%s can't be written: %s".formatted(file, e), e);
        }
    }

    /** Says why Redis has ended, from its log: what to do where that is known, else its last words. */
    EmbeddedRedisException failure() {
        String words = lastWords();
        if (words.contains("libssl.so.3") || words.contains("libcrypto.so.3")) {
            return lacks("OpenSSL 3", "install it (on Debian and Ubuntu: apt-get install libssl3)");
        }
        if (NO_LOADER.matcher(words).find()) {
            return lacks("glibc", "take a system that has it (Alpine does not)");
        }
        return new EmbeddedRedisException("the embedded Redis has ended; the end of %s: %s".formatted(log, words));
    }

    private static EmbeddedRedisException lacks(String what, String remedy) {
        return new EmbeddedRedisException(
                "the embedded Redis needs %s, which is not here: %s, name another redis-server by redis.executable, %s"
                        .formatted(what, remedy, OWN));
    }

    boolean portWasTaken() {
        return lastWords().contains("Address already in use");
    }

    /** The end of the log, in one line. */
    String lastWords() {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            List<String> all =
                    lines.filter(line -> !line.isBlank()).map(String::strip).toList();
            return String.join(" | ", all.subList(Math.max(0, all.size() - LOG_LINES), all.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    /** Ends what a killed server left behind. Nothing else runs from this path, and by the lock no server does. */
    private void endOrphans() {
        List<ProcessHandle> orphans = ProcessHandle.allProcesses()
                .filter(process -> process.info().command().filter(this::isOurs).isPresent())
                .toList();
        for (ProcessHandle orphan : orphans) {
            LOG.info("Ending the Redis that an earlier server left behind (process {})", orphan.pid());
            RedisProcess.end(orphan);
            if (RedisProcess.isRunning(orphan)) {
                throw new EmbeddedRedisException(
                        "process %d is a Redis that still writes to %s and can't be ended: end it"
                                .formatted(orphan.pid(), directory));
            }
        }
    }

    /** Linux adds a word to the path when the file was replaced since. */
    private boolean isOurs(String command) {
        return command.equals(executable.toString()) || command.equals(executable + " (deleted)");
    }

    /** By a rename, because an executable that still runs can't be written to; and never half of one. */
    private void copyExecutable(Optional<Path> given) throws IOException {
        Path copy;
        if (given.isPresent()) {
            copy = directory.resolve("redis-server.new");
            if (!Files.isRegularFile(given.get()) || !Files.isExecutable(given.get())) {
                throw new EmbeddedRedisException(
                        "redis.executable: %s is no file that can be run".formatted(given.get()));
            }
            Files.copy(given.get(), copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        } else {
            copy = bundled();
        }
        Files.move(copy, executable, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Redis 7 moves the append-only file into a directory where older ones don't look: those would start empty, and
     * everything would seem lost.
     */
    private void refuseOlderThanData() throws IOException {
        if (Files.notExists(directory.resolve("appendonlydir"))) {
            return;
        }
        Process asked = new ProcessBuilder(executable.toString(), "--version").start();
        String version = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (OLD.matcher(version).find()) {
            throw new EmbeddedRedisException(
                    "the data in %s was kept by Redis 7 or newer: name a redis-server as new by redis.executable"
                            .formatted(directory));
        }
    }

    /** Unpacks the library's executable. It is all we use of the library: see {@link EmbeddedRedis}. */
    private Path bundled() throws IOException {
        try {
            return ExecutableProvider.newJarResourceProvider(directory.toFile())
                    .get()
                    .toPath();
        } catch (OsArchitectureNotFound | UnknownOSName | NullPointerException e) {
            // The library looks its platform up in a map and takes what it finds, also nothing.
            throw unsupported();
        }
    }

    private static EmbeddedRedisException unsupported() {
        return new EmbeddedRedisException(
                "no Redis is bundled for this platform (%s on %s): name a redis-server by redis.executable, %s"
                        .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), OWN));
    }
}
