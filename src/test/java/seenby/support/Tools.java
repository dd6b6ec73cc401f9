package seenby.support;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import seenby.platform.Ports;

/** Requirements of tests on the machine besides a JDK. */
public final class Tools {
    private static final Map<String, Boolean> WORKING = new ConcurrentHashMap<>();

    private Tools() {}

    /** Whether a bash command succeeds. */
    public static boolean work(String command) {
        try {
            return new ProcessBuilder("bash", "-c", command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noBash) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A free port, for a server whose port must be known before its start or stay the same. */
    public static int freePort() {
        try {
            return Ports.free();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Skips the test if a requirement is missing; in CI the test fails instead. */
    public static void require(boolean there, String missing) {
        assertTrue(there || System.getenv("CI") == null, missing);
        assumeTrue(there, missing);
    }

    /** Requires that a bash command succeeds, which does not change while the tests run: it runs once. */
    public static void require(String command) {
        require(WORKING.computeIfAbsent(command, Tools::work), "does not work here: " + command);
    }
}
