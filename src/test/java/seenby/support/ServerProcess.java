package seenby.support;

import static seenby.support.Eventually.eventually;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged server as a separate process: {@code java -jar target/seenby.jar} on a free port, with the Java that
 * runs the tests. Its output goes to files beside its data directory. It ends only processes that it has started.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path JAR = Path.of("target", "seenby.jar").toAbsolutePath();
    /** With a space, so that a path or command without quotes fails. */
    private static final String DATA = "the data";

    /** These make the start of a short process a third faster. */
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Pattern PORT = Pattern.compile("listens on http://127\\.0\\.0\\.1:(\\d+)\n");

    private final Path directory;
    private final Path dataDir;
    private final Path out;
    private final Path err;
    private final Process process;
    private Optional<Integer> port = Optional.empty();

    /** An archive of the loaded classes for class data sharing; a start with it takes 40 % less CPU time. */
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

    /** The jar comes first, so that the archive of its classes is of use. */
    private static List<String> commandAs(Class<?> main, List<String> words) {
        String tests = Path.of("target", "test-classes").toAbsolutePath().toString();
        List<String> command = new ArrayList<>(List.of(JAVA.toString()));
        command.addAll(QUICK);
        command.add("-XX:SharedArchiveFile=" + ClassArchive.FILE);
        command.addAll(List.of("-cp", JAR + File.pathSeparator + tests, main.getName()));
        command.addAll(words);
        return command;
    }

    private ServerProcess(Path directory, List<String> command, Map<String, String> environment) {
        this.directory = directory;
        this.dataDir = dataIn(directory);
        try {
            // each process has its own files, so that nobody reads the port of the previous process
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

    /** Starts a server on the directory's data; returns once it listens. */
    public static ServerProcess start(Path directory, String... settings) {
        ServerProcess server = launch(directory, settings);
        server.awaitGreeting();
        return server;
    }

    /** Starts a server without waiting for it. */
    public static ServerProcess launch(Path directory, String... settings) {
        return new ServerProcess(directory, command(List.of(), words(settings)), Map.of());
    }

    /** Starts another main class with the classes of the packaged server, without waiting for it. */
    public static ServerProcess launchAs(Class<?> main, Path directory, String... settings) {
        return new ServerProcess(directory, commandAs(main, words(settings)), Map.of());
    }

    /** Starts it with a prefix such as {@code prlimit}, which executes the server in the same process. */
    public static ServerProcess startBy(List<String> prefix, Path directory, String... settings) {
        ServerProcess server = new ServerProcess(directory, command(prefix, words(settings)), Map.of());
        server.awaitGreeting();
        return server;
    }

    /** The data directory of a server. */
    public static Path dataIn(Path directory) {
        return directory.resolve(DATA);
    }

    private static List<String> words(String... settings) {
        Map<String, String> flags = new LinkedHashMap<>(Map.of("http.port", "0", "data.dir", DATA));
        for (String setting : settings) {
            String[] keyAndValue = setting.split("=", 2);
            flags.put(keyAndValue[0], keyAndValue[1]);
        }
        return flags.entrySet().stream()
                .map(flag -> "--" + flag.getKey() + "=" + flag.getValue())
                .toList();
    }

    /** Runs it with these arguments only. */
    public static ServerProcess run(Path directory, Map<String, String> environment, String... words) {
        return new ServerProcess(directory, command(List.of(), List.of(words)), environment);
    }

    public void awaitGreeting() {
        eventually("the server prints its address", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the server has ended: " + err());
            }
            // the last line of the greeting
            return out().contains("Try: ");
        });
        Matcher matcher = PORT.matcher(out());
        if (!matcher.find()) {
            throw new AssertionError("no port in the output: " + out());
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

    /** Its standard output. */
    public String out() {
        return TextFile.read(out);
    }

    /** Its standard error, which holds the log. */
    public String err() {
        return TextFile.read(err);
    }

    /** The lines of its log that contain a text. */
    public List<String> err(String text) {
        return err().lines().filter(line -> line.contains(text)).toList();
    }

    public ApiClient admin() {
        return new ApiClient(
                this::port,
                "admin",
                TextFile.read(dataDir.resolve("admin.token")).strip());
    }

    /** Creates a user. */
    public ApiClient user(String id) {
        return admin().newUser(Map.of("id", id));
    }

    /** A client of the same user for this process. */
    public ApiClient as(ApiClient user) {
        return new ApiClient(this::port, user.id(), user.token());
    }

    /** All Redis processes that run on its data directory. */
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

    /** Waits until it ends; returns its exit code. */
    public int awaitExit() {
        eventually("the server ends", () -> !process.isAlive());
        return process.exitValue();
    }

    /** Sends SIGTERM, as {@code kill}, containers and service managers do; returns the exit code. */
    public int stop() {
        signal();
        return awaitExit();
    }

    /** Sends SIGTERM without waiting for the end. */
    public void signal() {
        process.destroy();
    }

    /** Sends SIGKILL and waits for the end; its Redis keeps running. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Kills the server and its Redis, if they still run. */
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
