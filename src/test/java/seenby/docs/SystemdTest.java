package seenby.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.support.Tools;

/** The unit for systemd, judged by systemd itself. */
class SystemdTest {
    private static final Path UNIT = Path.of("scripts/systemd/seenby.service");
    private static final String JAVA = "/usr/bin/java";

    /** Of 100: systemd's words for less than 20 are "OK", and 100 is a service with all rights. */
    private static final int MOST_EXPOSED = 15;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void unitIsValidAndExposesLittle() throws IOException {
        Tools.require("systemd-analyze --version");
        String unit = Files.readString(UNIT);
        assertTrue(unit.contains("ExecStart=" + JAVA + " "), unit);
        // the Java of this machine may be elsewhere
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(directory.resolve("seenby.service"), unit.replace(JAVA, java));

        new Shell(directory).run("""
                test -z "$(systemd-analyze verify ./seenby.service 2>&1 | tee /dev/stderr)"
                systemd-analyze security --offline=true --threshold=%d --no-pager ./seenby.service
                """.formatted(MOST_EXPOSED));
    }
}
