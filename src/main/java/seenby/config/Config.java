package seenby.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Everything that the server can be told, checked and typed; {@link ConfigSources} reads it. */
public record Config(
        Http http,
        Path dataDir,
        Redis redis,
        Optional<String> adminToken,
        Messages messages,
        Receipts receipts,
        boolean groupsCreateAdminsOnly,
        Archive archive,
        boolean metricsOpen,
        Duration idempotencyWindow,
        int requestsPerSecond) {

    /** Where the server listens; port 0 takes a free one. */
    public record Http(String host, int port) {}

    /** Without a url the server runs a Redis of its own: the bundled one, or a copy of the executable. */
    public record Redis(Optional<URI> url, Optional<Path> executable) {
        /** Leaves the url out: a password may stand in it. */
        @Override
        public String toString() {
            return "Redis";
        }
    }

    /** How long a message may be, in bytes of UTF-8, and how long it is kept (empty: for good). */
    public record Messages(int maxBytes, Optional<Duration> retention) {}

    /** How long receipts stay in Redis and are gathered for an answer (zero: at once); whether opting out is shut. */
    public record Receipts(Duration retention, Duration coalesce, boolean optOutLocked) {}

    /** Where expired receipts go, and how large one of its files grows. */
    public record Archive(Path dir, long segmentBytes) {}

    /** Says nothing, so that no log can show the admin's token. */
    @Override
    public String toString() {
        return "Config";
    }
}
