package seenby.measurement;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bytes of the objects that a Java process still uses. The process collects its garbage first. */
public final class LiveHeap {
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private LiveHeap() {}

    /** Empty if this Java is no JDK, so that it cannot look into another. */
    public static OptionalLong of(ProcessHandle process) throws IOException {
        return Files.isExecutable(JCMD) ? total(histogram(process)) : OptionalLong.empty();
    }

    private static String histogram(ProcessHandle process) throws IOException {
        Process jcmd = new ProcessBuilder(JCMD.toString(), Long.toString(process.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        try (var output = jcmd.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static OptionalLong total(String histogram) {
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IllegalStateException("jcmd did not count the objects: " + histogram);
        }
        return OptionalLong.of(Long.parseLong(total.group(1)));
    }
}
