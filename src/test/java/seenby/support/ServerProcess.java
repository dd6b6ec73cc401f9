package seenby.support;

import static seenby.support.Eventually.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged server as a process of its own: {@code java -jar target/seenby.jar} on a free port, run by the JVM that
 * runs the tests. What it prints goes to files beside its data directory. Only processes that it started are ended.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path JAR = Path.of("target", "seenby.jar").toAbsolutePath();
    /** With a space, which no path or printed command may stumble over. */
    private static final String DATA = "the data";

    /** Makes short lives start a third faster. */
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Pattern PORT = Pattern.compile("listens on http://127\\.0\\.0\\.1:(\\d+)\n");

    private final Path directory;
    private final Path dataDir;
    private final Path out;
    private final Path err;
    private final Process process;
    private Optional<Integer> port = Optional.empty();

    /** The classes that a start loads, as a file that the next starts map into memory: four tenths less CPU time each. */
    private static final class ClassArchive {
        static final Path FILE = create();

        private static Path create() {
            try (TemporaryFolder folder = TemporaryFolder.create()) {
                Path file = Path.of(
                                "target", "classes-" + ProcessHandle.current().pid() + ".jsa")
                        .toAbsolutePath();
                file.toFile().deleteOnExit();
                String option = "-XX:ArchiveClassesAtExit=" + file;
                List<String> command = command(List.of(), option, words());
                ServerProcess server = new ServerProcess(folder.path(), command, Map.of());
                server.awaitGreeting();
                server.stop();
                return file;
            }
        }
    }

    private static List<String> command(List<String> prefix, List<String> words) {
        return command(prefix, "-XX:SharedArchiveFile=" + ClassArchive.FILE, words);
    }

    private static List<String> command(List<String> prefix, String option, List<String> words) {
        List<String> command = new ArrayList<>(prefix);
        command.add(JAVA.toString());
        command.addAll(QUICK);
        command.addAll(List.of(option, "-jar", JAR.toString()));
        command.addAll(words);
        return command;
    }

    private ServerProcess(Path directory, List<String> command, Map<String, String> environment) {
        this.directory = directory;
        this.dataDir = directory.resolve(DATA);
        try {
            // each life has files of its own, so that nobody takes the port of the life before for this one's
            out = Files.createTempFile(directory, "life-", ".out");
            err = Files.createTempFile(directory, "life-", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a server on the directory's data; returns when it has said that it listens. */
    public static ServerProcess start(Path directory, String... settings) {
        ServerProcess server = launch(directory, settings);
        server.awaitGreeting();
        return server;
    }

    /** The same without waiting. */
    public static ServerProcess launch(Path directory, String... settings) {
        return new ServerProcess(directory, command(List.of(), words(settings)), Map.of());
    }

    /** Starts it by a command that takes another behind it, and becomes that: the process is the server all the same. */
    public static ServerProcess startBy(List<String> prefix, Path directory, String... settings) {
        ServerProcess server = new ServerProcess(directory, command(prefix, words(settings)), Map.of());
        server.awaitGreeting();
        return server;
    }

    private static List<String> words(String... settings) {
        List<String> words = new ArrayList<>(List.of("--http.port=0", "--data.dir=" + DATA));
        List.of(settings).forEach(setting -> words.add("--" + setting));
        return words;
    }

    /** Runs it with these words and nothing else. */
    public static ServerProcess run(Path directory, Map<String, String> environment, String... words) {
        return new ServerProcess(directory, command(List.of(), List.of(words)), environment);
    }

    public void awaitGreeting() {
        eventually("it says where it listens", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("it ended: " + err());
            }
            // its last line: so it has said all
            return out().contains("Try: ");
        });
        Matcher matcher = PORT.matcher(out());
        if (!matcher.find()) {
            throw new AssertionError("no port: " + out());
        }
        port = Optional.of(Integer.valueOf(matcher.group(1)));
    }

    public int port() {
        return port.orElseThrow();
    }

    public Path dataDir() {
        return dataDir;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it printed. */
    public String out() {
        return read(out);
    }

    /** What it logged. */
    public String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ApiClient admin() {
        return new ApiClient(
                this::port, "admin", read(dataDir.resolve("admin.token")).strip());
    }

    /** A new user. */
    public ApiClient user(String id) {
        return admin().newUser(Map.of("id", id));
    }

    /** Who is in it, by a token from this or an earlier life. */
    public ApiClient as(ApiClient user) {
        return new ApiClient(this::port, user.id(), user.token());
    }

    /** The Redis processes that run on its data directory, whoever started them. */
    public List<ProcessHandle> redis() {
        return redisOn(dataDir);
    }

    public static List<ProcessHandle> redisOn(Path dataDir) {
        Path executable = real(dataDir).resolve("redis/redis-server");
        return ProcessHandle.allProcesses()
                .filter(it -> it.info().command().orElse("").startsWith(executable.toString()))
                .toList();
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has ended; returns its exit code. */
    public int awaitExit() {
        eventually("it ends", () -> !process.isAlive());
        return process.exitValue();
    }

    /** SIGTERM, as by {@code kill}, a container's end or a service manager; returns the exit code. */
    public int stop() {
        signal();
        return awaitExit();
    }

    /** SIGTERM without waiting for what comes of it. */
    public void signal() {
        process.destroy();
    }

    /** SIGKILL: nothing of it runs any more, except the Redis that it leaves behind. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Ends all that may be left of it. */
    @Override
    public void close() {
        kill();
        if (Files.exists(dataDir)) {
            redis().forEach(ProcessHandle::destroyForcibly);
            eventually("its Redis ends", () -> redis().isEmpty());
        }
    }

    @Override
    public String toString() {
        return "server in " + directory;
    }
}
