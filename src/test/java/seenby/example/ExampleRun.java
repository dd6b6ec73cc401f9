package seenby.example;

import static seenby.support.Eventually.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import seenby.support.TextFile;
import seenby.support.Tools;

/** A program of {@code examples/} that runs as a separate process. */
public final class ExampleRun implements AutoCloseable {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Pattern PRINTED = Pattern.compile("(?m)^\\S+ (\\d+) \\S+: ");

    private final Path out;
    private final Path err;
    private final Process process;

    /** The programs, each with its command, and a command that succeeds if the tools it needs are installed. */
    public enum Program {
        ANNOUNCE("bash examples/bash/announce.sh", "curl --version && jq --version"),
        READ("bash examples/bash/read.sh", "curl --json {} --version && jq --version"),
        PYTHON("python3 examples/python/client.py", "python3 --version"),
        CLI("node examples/js/cli.js", "node --version"),
        JAVA(ExampleRun.JAVA + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC examples/java/ReadClient.java", "true");

        private final String command;
        private final String tools;

        Program(String command, String tools) {
            this.command = command;
            this.tools = tools;
        }

        /** Starts the program. Without its tools, the test is skipped on a developer's machine and fails in CI. */
        public ExampleRun start(Path directory, String token, List<String> words) {
            Tools.require(tools);
            List<String> all =
                    Stream.concat(Stream.of(command.split(" ")), words.stream()).toList();
            return new ExampleRun(directory, token, all);
        }
    }

    private ExampleRun(Path directory, String token, List<String> command) {
        try {
            out = Files.createTempFile(directory, "example-", ".out");
            err = Files.createTempFile(directory, "example-", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().put("SEENBY_TOKEN", token);
            builder.environment().put("no_proxy", "*");
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String out() {
        return TextFile.read(out);
    }

    public String err() {
        return TextFile.read(err);
    }

    /** The ids of the messages that it printed, in order. */
    public List<Long> printed() {
        return PRINTED.matcher(out())
                .results()
                .map(line -> Long.valueOf(line.group(1)))
                .toList();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The command lines of all its processes, as visible to other users of the machine. */
    public List<String> commandLines() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .flatMap(handle -> handle.info().commandLine().stream())
                .toList();
    }

    public void type(String line) {
        try {
            process.outputWriter().append(line).append('\n').flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the condition holds; a failure includes the program's output. */
    public void await(String claim, BooleanSupplier holds) {
        try {
            eventually(claim, holds);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; " + this, e);
        }
    }

    /** Waits until it ends by itself; returns its exit code. */
    public int awaitExit() {
        await("it ends", () -> !process.isAlive());
        return process.exitValue();
    }

    /** Kills it and all processes that it has started. */
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    @Override
    public String toString() {
        return "it said: " + out() + err();
    }
}
