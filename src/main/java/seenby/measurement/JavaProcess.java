package seenby.measurement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of the Java that runs this program, with the same classes. Its output goes to a file. */
public final class JavaProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 10;
    private static final Pattern PORT = Pattern.compile("listens on http://127\\.0\\.0\\.1:(\\d+)\\R");

    private final Process process;
    private final Path output;

    private JavaProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts a process without waiting for it.
     *
     * @param output the file for what it prints; an existing one is replaced
     * @param options those of the Java, such as {@code -Xmx256m}
     * @param words the main class and its arguments
     */
    public static JavaProcess launch(Path output, List<String> options, List<String> words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(words);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        JavaProcess launched = new JavaProcess(process, output);
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
        throw new IllegalStateException("the measured process did not start: " + Files.readString(output));
    }

    public ProcessUsage usage() {
        return ProcessUsage.of(process.toHandle());
    }

    /** The bytes of its objects after a collection; empty if this Java is no JDK. */
    OptionalLong liveHeapBytes() throws IOException {
        return LiveHeap.of(process.toHandle());
    }

    /** Ends it in order, and by force if it takes too long, and what it has left running. The end of this program does the same. */
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
