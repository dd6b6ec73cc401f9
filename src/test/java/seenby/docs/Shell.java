package seenby.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs commands as a person would in one directory, but ends at the first that fails. */
public final class Shell {
    private static final int LONGEST_SECONDS = 90;

    private final Path directory;
    private final Path output;

    public Shell(Path directory) {
        this.directory = directory;
        this.output = directory.resolve("output");
        // makes curl fail at every answer that is an error, so that bash stops there
        write(".curlrc", "fail-with-body\nshow-error\nnoproxy = *\n");
    }

    /** In bash; what they print is added to what was printed before. */
    public Shell run(String commands) {
        write("commands.sh", commands);
        boolean well = endsWell();
        assertTrue(well, () -> commands + "failed: " + printed());
        return this;
    }

    private boolean endsWell() {
        ProcessBuilder command = new ProcessBuilder("bash", "-e", "-u", "-o", "pipefail", "commands.sh")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        command.environment().put("CURL_HOME", directory.toString());
        try {
            Process bash = command.start();
            boolean ended = bash.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
            bash.destroy();
            return ended && bash.exitValue() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public String printed() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String text) {
        try {
            Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
