package seenby.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import seenby.platform.Networks;

/** The configuration of a server, checked and typed. {@link ConfigSources} reads it. */
public record Config(
        HttpSettings http,
        Path dataDir,
        RedisSettings redis,
        Optional<String> adminToken,
        MessageSettings messages,
        ReceiptSettings receipts,
        GroupSettings groups,
        ArchiveSettings archive,
        RequestSettings requests,
        MetricsSettings metrics,
        LogSettings log) {

    /**
     * Where the server listens, and for whom.
     *
     * @param hosts at least one
     * @param port 0 takes a free one
     * @param trustedProxies whose X-Forwarded-For tells the address of a client
     * @param cors the origins of other websites whose pages may use the API; {@code *}: all
     * @param connectionsPerAddress 0: no limit
     */
    public record HttpSettings(
            List<String> hosts, int port, Networks trustedProxies, Set<String> cors, int connectionsPerAddress) {

        /** All addresses of a machine, the loopback address among them. */
        private static final Set<String> ALL = Set.of("0.0.0.0", "::", "[::]");

        /** The server at its first address, with the port that it has in the end. */
        public String url(int listened) {
            return url(hosts.get(0), listened);
        }

        /** The server as other processes of this machine reach it. */
        public String localUrl() {
            return url(ALL.contains(hosts.get(0)) ? "127.0.0.1" : hosts.get(0), port);
        }

        private static String url(String host, int port) {
            return "http://" + (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /** Without a URL the server runs the embedded Redis: the one in the jar, or a copy of the executable. */
    public record RedisSettings(Optional<URI> url, Optional<Path> executable) {
        public boolean isExternal() {
            return url.isPresent();
        }

        /** Omits the URL, because it may contain a password. */
        @Override
        public String toString() {
            return "RedisSettings";
        }
    }

    /**
     * How messages are limited.
     *
     * @param retention how long messages stay in Redis; empty: forever
     */
    public record MessageSettings(int maxBytes, Optional<Duration> retention) {}

    /**
     * How receipts behave.
     *
     * @param retention how long receipts can change
     * @param coalesce how long receipts may wait for others before a poll is answered
     * @param optOutLocked whether users can no longer change if they send read receipts
     */
    public record ReceiptSettings(Duration retention, Duration coalesce, boolean optOutLocked) {}

    public record GroupSettings(boolean onlyAdminsCreate, int perUser, int members) {}

    /**
     * Where the archive is.
     *
     * @param segmentBytes the size at which a file is compressed and the next one started
     */
    public record ArchiveSettings(Path dir, long segmentBytes) {}

    /**
     * How requests are treated.
     *
     * @param idempotencyWindow how long a {@code client_id} leads to its message
     * @param perSecond how many requests per second a user may make; 0: no limit
     * @param openPolls how many polls, streams and waits a user may have open at once
     */
    public record RequestSettings(Duration idempotencyWindow, int perSecond, int openPolls) {}

    /**
     * Who may see the metrics.
     *
     * @param open everybody, without a token; else admins
     * @param port another one, at which nobody needs a token; 0 takes a free one
     */
    public record MetricsSettings(boolean open, Optional<Integer> port) {}

    /**
     * What the log looks like.
     *
     * @param json lines of JSON; else plain ones
     * @param access whether each request has a line
     */
    public record LogSettings(boolean json, boolean access) {}

    /** Omits every value, so that no log can show the admin's token. */
    @Override
    public String toString() {
        return "Config";
    }
}
