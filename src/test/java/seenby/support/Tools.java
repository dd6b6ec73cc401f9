package seenby.support;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/** What tests need of the machine beside a JDK. */
public final class Tools {
    private Tools() {}

    /** Whether a command of bash's ends well. */
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

    /** Where something is missing the test is skipped, on a developer's machine; in CI it fails. */
    public static void require(boolean there, String missing) {
        assertTrue(there || System.getenv("CI") == null, missing);
        assumeTrue(there, missing);
    }
}
