package seenby.measurement;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that this program starts, such as a server to measure. Its output goes to a file. */
public final class ChildProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 10;
    private static final Pattern PORT = Pattern.compile("listens on http://127\\.0\\.0\\.1:(\\d+)\\R");

    private final Process process;
    private final Path output;

    private ChildProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts the Java that runs this program, with the same classes.
     *
     * @param output the file for what it prints; an existing one is replaced
     * @param options those of the Java, such as {@code -Xmx256m}
     * @param words the main class and its arguments
     */
    public static ChildProcess launchJava(Path output, List<String> options, List<String> words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(words);
        return launch(output, command);
    }

    /**
     * Starts a process without waiting for it.
     *
     * @param output the file for what it prints; an existing one is replaced
     */
    public static ChildProcess launch(Path output, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        ChildProcess launched = new ChildProcess(process, output);
        Runtime.getRuntime().addShutdownHook(new Thread(launched::close));
        return launched;
    }

    /** Waits until it says on which port it listens. */
    public int awaitPort() throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < end) {
            Matcher port = PORT.matcher(Files.readString(output));
            if (port.find()) {
                return Integer.parseInt(port.group(1));
            }
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw notStarted();
    }

    /** Waits until something listens on a port that was free. */
    public void awaitListener(int port) throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (!listens(port)) {
            if (System.nanoTime() > end || process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                throw notStarted();
            }
        }
    }

    private static boolean listens(int port) {
        try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return connected.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private IllegalStateException notStarted() throws IOException {
        return new IllegalStateException("the measured process did not start: " + Files.readString(output));
    }

    public ProcessUsage usage() {
        return ProcessUsage.of(process.toHandle());
    }

    /** The bytes of its objects after a collection; empty if this Java is no JDK. */
    OptionalLong liveHeapBytes() throws IOException {
        return LiveHeap.of(process.toHandle());
    }

    /** What its one child uses, for a program that only starts another one. */
    public ProcessUsage usageOfChild() {
        return ProcessUsage.of(process.children().findFirst().orElseThrow());
    }

    /**
     * Ends it in order, and by force if it takes too long, and what it has left running. The end of this program does
     * the same.
     */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroy);
    }
}
