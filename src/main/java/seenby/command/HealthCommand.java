package seenby.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import seenby.config.Config;

/** {@code health}: asks the server with a configuration whether it is ready, for the health check of a container. */
public final class HealthCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final PrintStream err;

    public HealthCommand(PrintStream err) {
        this.err = err;
    }

    /** Runs the command and returns the exit code. */
    public int run(Config config) {
        try {
            return whyNotReady(URI.create(config.http().localUrl() + "/readyz"))
                    .map(this::fail)
                    .orElse(0);
        } catch (IOException e) {
            return fail("the server does not answer: " + e.getMessage());
        }
    }

    private int fail(String line) {
        err.println("seenby: " + line);
        return 1;
    }

    private static Optional<String> whyNotReady(URI address) throws IOException {
        // not java.net.http: it takes longer to load than the server takes to answer
        HttpURLConnection asked = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
        asked.setConnectTimeout((int) PATIENCE.toMillis());
        asked.setReadTimeout((int) PATIENCE.toMillis());
        try {
            int status = asked.getResponseCode();
            return status == 200 ? Optional.empty() : Optional.of("the server is not ready: " + body(asked));
        } finally {
            asked.disconnect();
        }
    }

    private static String body(HttpURLConnection answered) throws IOException {
        // null if another program is on this port and answers a status that is no error
        try (@Nullable InputStream body = answered.getErrorStream()) {
            String reason = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return (answered.getResponseCode() + " " + reason).strip();
        }
    }
}
