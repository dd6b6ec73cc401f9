package seenby.config;

import static seenby.config.ValueType.choice;
import static seenby.config.ValueType.duration;
import static seenby.config.ValueType.hosts;
import static seenby.config.ValueType.integer;
import static seenby.config.ValueType.networks;
import static seenby.config.ValueType.origins;
import static seenby.config.ValueType.path;
import static seenby.config.ValueType.text;
import static seenby.config.ValueType.uri;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All keys of the configuration. Each is declared once, at the place where its value enters {@link Config}. A test
 * compares {@code config.properties} and the table in the documentation with what is declared here.
 */
final class Settings {
    /** Ten years. A longer time is a typing error. */
    private static final String LONGEST = "3650d";

    private final Values values;
    private final Path workingDirectory;

    private Settings(Values values, Path workingDirectory) {
        this.values = values;
        this.workingDirectory = workingDirectory;
    }

    /** Knows the value of each key. */
    interface Values {
        <T> T of(Setting<T> setting);
    }

    /** Builds the configuration. Relative paths start at the working directory. */
    static Config config(Values values, Path workingDirectory) {
        return new Settings(values, workingDirectory).config();
    }

    /** The keys in the order of their declaration, which is the order of {@code config.properties}. */
    static List<Setting<?>> all() {
        List<Setting<?>> all = new ArrayList<>();
        config(
                new Values() {
                    @Override
                    public <T> T of(Setting<T> setting) {
                        all.add(setting);
                        return setting.type().read().apply(setting.byDefault()).orElseThrow();
                    }
                },
                Path.of(""));
        return List.copyOf(all);
    }

    private <T> T value(String name, String byDefault, ValueType<T> type, String meaning) {
        return values.of(new Setting<>(name, byDefault, type, meaning, false));
    }

    private <T> T secret(String name, String byDefault, ValueType<T> type, String meaning) {
        return values.of(new Setting<>(name, byDefault, type, meaning, true));
    }

    private Config config() {
        Config.HttpSettings http = http();
        Path dataDir = workingDirectory.resolve(value(
                "data.dir",
                "data",
                path("the path of a directory"),
                "The directory for the embedded Redis, the admin's token and the archive. Each server needs a directory"
                        + " for itself."));
        return new Config(
                http,
                dataDir,
                redis(),
                adminToken(),
                messages(),
                receipts(),
                groups(),
                archive(dataDir),
                requests(),
                metrics(),
                log());
    }

    private Config.HttpSettings http() {
        return new Config.HttpSettings(
                value(
                        "http.host",
                        "127.0.0.1",
                        hosts(),
                        "The addresses to listen on, separated by commas. The default admits this machine only, because"
                                + " tokens are unencrypted without a TLS proxy. `localhost` is `127.0.0.1` and `::1`."),
                value("http.port", "8080", integer(0, 65_535), "The port to listen on. `0` takes a free one."),
                value(
                        "http.trusted_proxies",
                        "",
                        networks(),
                        "Your proxies, as IP addresses or networks such as `10.0.0.0/8`, separated by commas. The server"
                                + " takes the address of a client from their `X-Forwarded-For`. Empty: from nobody's."),
                value(
                        "http.cors",
                        "",
                        origins(),
                        "The other websites whose pages may use the API, such as `https://chat.example.org`, separated by"
                                + " commas. `*`: all websites. Empty: none."),
                value(
                        "http.connections_per_address",
                        "0",
                        integer(0, 1_000_000),
                        "How many connections an IP address may have open at once; one more is closed. It does not apply to"
                                + " this machine and to `http.trusted_proxies`. `0`: no limit."));
    }

    private Config.RedisSettings redis() {
        return new Config.RedisSettings(
                secret(
                        "redis.url",
                        "",
                        uri(
                                        "redis://[user:password@]host[:port][/database] and nothing else in this version"
                                                + " (no rediss://, redis+cluster:// or redis+sentinel://)",
                                        "redis://[^/?#]+(/[0-9]{0,5})?")
                                .orEmpty("the embedded Redis"),
                        "An external Redis, 6.2 or newer, as `redis://[user:password@]host[:port][/database]`. Empty: the"
                                + " embedded Redis."),
                value(
                                "redis.executable",
                                "",
                                path("the path of a redis-server").orEmpty("the one in the jar"),
                                "The `redis-server` that the embedded mode runs, for example your distribution's. Empty:"
                                        + " the Redis 6.2 in the jar.")
                        .map(workingDirectory::resolve));
    }

    private Optional<String> adminToken() {
        return secret(
                "admin.token",
                "",
                text("22 to 256 printable ASCII characters without spaces", "[!-~]{22,256}")
                        .orEmpty("a random token"),
                "The token of the user `admin`, 22 to 256 printable ASCII characters. Empty: a random token, written to"
                        + " `admin.token` in `data.dir`.");
    }

    private Config.MessageSettings messages() {
        return new Config.MessageSettings(
                value(
                        "message.max_bytes",
                        "16384",
                        integer(1, 1_048_576),
                        "The longest text of a message, in bytes of UTF-8. Keep it small: every member of a group"
                                + " receives it."),
                value(
                        "message.retention",
                        "",
                        duration("1ms", LONGEST).orEmpty("messages stay forever"),
                        "How long messages stay in Redis. Then they move to files, but never before their receipts do."
                                + " Empty: forever."));
    }

    private Config.ReceiptSettings receipts() {
        return new Config.ReceiptSettings(
                value(
                        "receipts.retention",
                        "7d",
                        duration("1ms", LONGEST),
                        "How long receipts stay in Redis and can change. Then they move to the archive and are final."),
                value(
                        "receipts.coalesce",
                        "1s",
                        duration("0s", "1m"),
                        "How long receipts may wait for others, so that many acks make one answer. `0s`: not at all."),
                value(
                        "receipts.opt_out",
                        "allowed",
                        choice("allowed", "locked"),
                        "Whether users may turn their read receipts off. `locked`: nobody changes"
                                + " `send_read_receipts`, and earlier choices stay."));
    }

    private Config.GroupSettings groups() {
        return new Config.GroupSettings(
                value(
                        "groups.create",
                        "anyone",
                        choice("anyone", "admins"),
                        "Who may create groups: `anyone` or `admins`."),
                value(
                        "groups.per_user",
                        "10000",
                        integer(0, 1_000_000),
                        "How many groups a user may be in; for one more it gets `409`. The user `admin` may be in any"
                                + " number. `0`: no limit."),
                value(
                        "groups.members",
                        "100000",
                        integer(0, 1_000_000),
                        "How many members a group may have; for one more its owner gets `409`. `0`: no limit."));
    }

    private Config.ArchiveSettings archive(Path dataDir) {
        return new Config.ArchiveSettings(
                value(
                                "archive.dir",
                                "",
                                path("the path of a directory").orEmpty("archive in data.dir"),
                                "The directory of the archive. Empty: `archive` in `data.dir`. Servers that share a Redis"
                                        + " must share this directory too.")
                        .map(workingDirectory::resolve)
                        .orElse(dataDir.resolve("archive")),
                value(
                        "archive.segment_bytes",
                        "8388608",
                        integer(4_096L, 1_073_741_824L),
                        "The size in bytes at which the server compresses an archive file and starts the next one."));
    }

    private Config.RequestSettings requests() {
        return new Config.RequestSettings(
                value(
                        "idempotency.window",
                        "24h",
                        duration("1ms", LONGEST),
                        "How long a `client_id` leads to the message that was first sent with it, if that is still stored."
                                + " So a retry sends nothing twice."),
                value(
                        "rate.requests_per_second",
                        "200",
                        integer(0, 1_000_000),
                        "How many requests per second each user may make to a server, so that one runaway script slows"
                                + " nobody else down. A poll that waited and ended empty does not count. `0`: no limit."),
                value(
                        "polls.per_user",
                        "200",
                        integer(1, 1_000_000),
                        "How many polls, streams and requests with `wait` each user may have open on a server at once. One"
                                + " more gets `429`."));
    }

    private Config.MetricsSettings metrics() {
        return new Config.MetricsSettings(
                value(
                        "metrics.open",
                        "false",
                        choice("false", "true"),
                        "Whether `/metrics` needs no token: `true` or `false`. The metrics name no user, group or"
                                + " message."),
                value(
                        "metrics.port",
                        "",
                        integer(0, 65_535).orEmpty("none"),
                        "Another port of `http.host`, which has nothing but `/metrics` and needs no token. `0` takes a free"
                                + " one. Empty: none."));
    }

    private Config.LogSettings log() {
        return new Config.LogSettings(
                value(
                        "log.format",
                        "plain",
                        choice("plain", "json"),
                        "What a line of the log is: `plain` text, or `json`."),
                value(
                        "log.access",
                        "false",
                        choice("false", "true"),
                        "Whether the log has a line for each request: `true` or `false`. It has no token, no text and no"
                                + " query."));
    }
}
