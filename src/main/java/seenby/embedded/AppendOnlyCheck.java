package seenby.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The check of append-only files that is in each redis-server. It runs when it is called by another name. */
final class AppendOnlyCheck {
    private static final String NAME = "redis-check-aof";
    private static final Pattern WHOLE = Pattern.compile("AOF analyzed:.* ok_up_to=(\\d+)");

    private final Path directory;

    /** @param directory where redis-server is */
    AppendOnlyCheck(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    /** Up to where a file has whole commands and whole transactions; empty if the check fails. */
    OptionalLong whole(Path file) {
        Matcher found = WHOLE.matcher(output(file));
        return found.find() ? OptionalLong.of(Long.parseLong(found.group(1))) : OptionalLong.empty();
    }

    private String output(Path file) {
        Path check = directory.resolve(NAME);
        try {
            if (!Files.isSymbolicLink(check)) {
                Files.createSymbolicLink(check, Path.of("redis-server"));
            }
            Process process = new ProcessBuilder(
                            check.toString(), file.toAbsolutePath().toString())
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot check %s: %s".formatted(file, e), e);
        }
    }
}
