package seenby.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One key: its name, its default as one would write it, and what it takes. All of them stand here. */
record Setting<T>(String name, String byDefault, ValueType<T> kind) {
    static final String PREFIX = "SEENBY_";

    /** Ten years: more is a slip of the keyboard. */
    private static final String LONGEST = "3650d";

    static final Setting<String> HTTP_HOST = new Setting<>(
            "http.host", "127.0.0.1", ValueType.text("an IP address or a host name", "[A-Za-z0-9._:%\\[\\]-]{1,255}"));
    static final Setting<Integer> HTTP_PORT = new Setting<>("http.port", "8080", ValueType.integer(0, 65_535));
    static final Setting<Path> DATA_DIR = new Setting<>("data.dir", "data", ValueType.path("the path of a directory"));
    static final Setting<Optional<URI>> REDIS_URL = new Setting<>(
            "redis.url",
            "",
            ValueType.uri(
                            "redis://[user:password@]host[:port][/database] and nothing else in this version"
                                    + " (no rediss://, redis+cluster:// or redis+sentinel://)",
                            "redis://[^/?#]+(/[0-9]{0,5})?")
                    .orEmpty("the embedded Redis"));
    static final Setting<Optional<Path>> REDIS_EXECUTABLE = new Setting<>(
            "redis.executable", "", ValueType.path("the path of a redis-server").orEmpty("the bundled one"));
    static final Setting<Optional<String>> ADMIN_TOKEN = new Setting<>(
            "admin.token",
            "",
            ValueType.text("22 to 256 printable ASCII characters without spaces", "[!-~]{22,256}")
                    .orEmpty("a random one"));
    static final Setting<Integer> MESSAGE_MAX_BYTES =
            new Setting<>("message.max_bytes", "16384", ValueType.integer(1, 1_048_576));
    static final Setting<Optional<Duration>> MESSAGE_RETENTION = new Setting<>(
            "message.retention", "", ValueType.duration("1ms", LONGEST).orEmpty("messages are kept"));
    static final Setting<Duration> RECEIPTS_RETENTION =
            new Setting<>("receipts.retention", "7d", ValueType.duration("1ms", LONGEST));
    static final Setting<Duration> RECEIPTS_COALESCE =
            new Setting<>("receipts.coalesce", "1s", ValueType.duration("0s", "1m"));
    static final Setting<Boolean> RECEIPTS_OPT_OUT =
            new Setting<>("receipts.opt_out", "allowed", ValueType.choice("allowed", "locked"));
    static final Setting<Boolean> GROUPS_CREATE =
            new Setting<>("groups.create", "anyone", ValueType.choice("anyone", "admins"));
    static final Setting<Optional<Path>> ARCHIVE_DIR = new Setting<>(
            "archive.dir", "", ValueType.path("the path of a directory").orEmpty("archive in data.dir"));
    static final Setting<Long> ARCHIVE_SEGMENT_BYTES =
            new Setting<>("archive.segment_bytes", "8388608", ValueType.integer(4_096L, 1_073_741_824L));
    static final Setting<Boolean> METRICS_OPEN =
            new Setting<>("metrics.open", "false", ValueType.choice("false", "true"));
    static final Setting<Duration> IDEMPOTENCY_WINDOW =
            new Setting<>("idempotency.window", "24h", ValueType.duration("1ms", LONGEST));
    static final Setting<Integer> REQUESTS_PER_SECOND =
            new Setting<>("rate.requests_per_second", "200", ValueType.integer(0, 1_000_000));

    static final List<Setting<?>> ALL = List.of(
            HTTP_HOST,
            HTTP_PORT,
            DATA_DIR,
            REDIS_URL,
            REDIS_EXECUTABLE,
            ADMIN_TOKEN,
            MESSAGE_MAX_BYTES,
            MESSAGE_RETENTION,
            RECEIPTS_RETENTION,
            RECEIPTS_COALESCE,
            RECEIPTS_OPT_OUT,
            GROUPS_CREATE,
            ARCHIVE_DIR,
            ARCHIVE_SEGMENT_BYTES,
            METRICS_OPEN,
            IDEMPOTENCY_WINDOW,
            REQUESTS_PER_SECOND);

    static Optional<Setting<?>> named(String name) {
        return ALL.stream().filter(it -> it.name.equals(name)).findFirst();
    }

    /** The environment variable of this key: {@code SEENBY_HTTP_PORT} for {@code http.port}. */
    String variable() {
        return PREFIX + name.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** What the variables of this key and its neighbours begin with: {@code SEENBY_HTTP_}. */
    String section() {
        return PREFIX + name.substring(0, name.indexOf('.')).toUpperCase(Locale.ROOT) + "_";
    }

    /** Its value is a secret, or may hold one: no message repeats it. */
    boolean secret() {
        return equals(ADMIN_TOKEN) || equals(REDIS_URL);
    }
}
