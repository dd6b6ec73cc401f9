package seenby.support;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

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

    /** A port that nobody listens on, for who has to know it beforehand, or comes back to it. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where something is missing the test is skipped, on a developer's machine; in CI it fails. */
    public static void require(boolean there, String missing) {
        assertTrue(there || System.getenv("CI") == null, missing);
        assumeTrue(there, missing);
    }
}
