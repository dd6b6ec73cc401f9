package seenby.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.platform.DaemonThreads;
import seenby.platform.ShutdownWait;

/**
 * What a Redis prints: its last words in memory, all of it in a log file as far as that can be written. The file is on
 * the disk that may be the reason for its end.
 */
final class RedisOutput {
    private static final Logger LOG = LoggerFactory.getLogger(RedisOutput.class);
    private static final int LAST_LINES = 3;

    /** Of a process that has ended. A child of it may hold the output open. */
    private static final Duration REST = Duration.ofMillis(500);

    private final Path log;
    private final Deque<String> last = new ArrayDeque<>();
    private final Thread reader;

    /** Follows the output of a process until it ends. */
    RedisOutput(Process process, Path log) {
        this.log = log;
        this.reader = DaemonThreads.create("redis-output", () -> follow(process));
        reader.start();
    }

    private void follow(Process process) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.ISO_8859_1)) {
            lines.lines().filter(line -> !line.isBlank()).forEach(this::take);
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("The output of Redis ends.", e);
        }
    }

    private void take(String line) {
        synchronized (last) {
            last.addLast(line.strip());
            if (last.size() > LAST_LINES) {
                last.removeFirst();
            }
        }
        try {
            Files.writeString(
                    log,
                    line + "\n",
                    StandardCharsets.ISO_8859_1,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOG.debug("Not in {}: {}", log, line, e);
        }
    }

    /** The last lines as one. Waits a moment for the rest, so ask when the process has ended. */
    String lastWords() {
        ShutdownWait.until(() -> reader.join(REST.toMillis()));
        synchronized (last) {
            return last.isEmpty() ? "(it said nothing)" : String.join(" | ", last);
        }
    }
}
