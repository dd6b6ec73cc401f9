package seenby.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads the configuration: a file, over it the environment, over that the flags. Everything that is given is checked,
 * also what something stronger overrides, so that a slip shows on the day it is made.
 */
public final class ConfigSources {
    private static final String FILE = "config.properties";
    private static final int LONGEST_QUOTE = 60;

    private final Map<Setting<?>, Object> values = new HashMap<>();
    private final Path workingDirectory;

    private ConfigSources(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
        Setting.ALL.forEach(setting -> take(setting, setting.byDefault(), "its default"));
    }

    /**
     * Reads all three sources. The file is {@code config.properties} in the working directory, if there is one, or the
     * one that {@code --config} names, which must exist. Relative paths start at the working directory.
     *
     * @throws ConfigException at the first unknown key or bad value
     */
    public static Config read(List<String> flags, Map<String, String> environment, Path workingDirectory) {
        ConfigSources sources = new ConfigSources(workingDirectory);
        Map<String, String> given = new TreeMap<>();
        Optional<Path> file = parse(flags, given).map(workingDirectory::resolve);

        sources.takeFile(file.orElse(workingDirectory.resolve(FILE)), file.isPresent());
        sources.takeEnvironment(new TreeMap<>(environment));
        given.forEach((name, value) -> sources.take(name, value, "the flag --" + printable(name)));
        return sources.config();
    }

    /** Puts the keys among the flags into {@code given} and returns the file that {@code --config} names. */
    private static Optional<Path> parse(List<String> flags, Map<String, String> given) {
        Deque<String> rest = new ArrayDeque<>(flags);
        Optional<String> file = Optional.empty();
        while (!rest.isEmpty()) {
            String flag = rest.pop();
            int equals = flag.indexOf('=');
            if (flag.equals("--config") && !rest.isEmpty()) {
                file = Optional.of(rest.pop());
            } else if (flag.startsWith("--config=")) {
                file = Optional.of(flag.substring(equals + 1));
            } else if (flag.startsWith("--") && equals > 0) {
                given.put(flag.substring(2, equals), flag.substring(equals + 1));
            } else {
                throw new ConfigException(
                        "%s is no flag: they are --config FILE and --KEY=VALUE, as in --http.port=8080"
                                .formatted(printable(flag)));
            }
        }
        return file.map(text -> ValueType.path("")
                .read()
                .apply(text)
                .orElseThrow(() -> new ConfigException("--config takes the path of a file")));
    }

    private void takeFile(Path file, boolean required) {
        if (!required && Files.notExists(file)) {
            return;
        }
        Properties properties = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (CharacterCodingException e) {
            throw new ConfigException("%s is not UTF-8".formatted(printable(file.toString())));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException(
                    "%s can't be read: %s".formatted(printable(file.toString()), printable(e.toString())));
        }
        String origin = printable(file.toString());
        // Sorted, so that the same file is always refused for the same key.
        new TreeMap<>(properties).forEach((name, value) -> take((String) name, ((String) value).strip(), origin));
    }

    /**
     * A variable that only begins with our name is none of ours: Kubernetes, for one, sets such for a service of this
     * name. One that goes on with the first word of a key is a slip of the keyboard.
     */
    private void takeEnvironment(Map<String, String> environment) {
        Map<String, Setting<?>> variables =
                Setting.ALL.stream().collect(Collectors.toMap(Setting::variable, setting -> setting));
        environment.forEach((name, value) -> {
            Setting<?> setting = variables.get(name);
            if (setting != null) {
                take(setting, value, "the environment variable " + name);
            } else if (Setting.ALL.stream().map(Setting::section).anyMatch(name::startsWith)) {
                throw new ConfigException("the environment variable %s stands for no key: each is %sKEY, as in %s"
                        .formatted(printable(name), Setting.PREFIX, Setting.HTTP_PORT.variable()));
            }
        });
    }

    private void take(String name, String text, String origin) {
        Setting<?> setting = Setting.named(name)
                .orElseThrow(() -> new ConfigException("%s (from %s) is no key of Seenby; there are %s"
                        .formatted(
                                printable(name),
                                origin,
                                Setting.ALL.stream().map(Setting::name).collect(Collectors.joining(", ")))));
        take(setting, text, origin);
    }

    private <T> void take(Setting<T> setting, String text, String origin) {
        T value = setting.kind()
                .read()
                .apply(text)
                .orElseThrow(() -> new ConfigException("%s (from %s) takes %s%s"
                        .formatted(
                                setting.name(),
                                origin,
                                setting.kind().takes(),
                                setting.secret() ? "" : "; not \"" + printable(text) + "\"")));
        values.put(setting, value);
    }

    /** A value goes in by {@link #take(Setting, String, String)} only, so it has its setting's type. */
    @SuppressWarnings({"unchecked", "NullAway"})
    private <T> T value(Setting<T> setting) {
        return (T) values.get(setting);
    }

    private Config config() {
        Path dataDir = workingDirectory.resolve(value(Setting.DATA_DIR));
        return new Config(
                new Config.Http(value(Setting.HTTP_HOST), value(Setting.HTTP_PORT)),
                dataDir,
                new Config.Redis(
                        value(Setting.REDIS_URL),
                        value(Setting.REDIS_EXECUTABLE).map(workingDirectory::resolve)),
                value(Setting.ADMIN_TOKEN),
                new Config.Messages(value(Setting.MESSAGE_MAX_BYTES), value(Setting.MESSAGE_RETENTION)),
                new Config.Receipts(
                        value(Setting.RECEIPTS_RETENTION),
                        value(Setting.RECEIPTS_COALESCE),
                        value(Setting.RECEIPTS_OPT_OUT)),
                value(Setting.GROUPS_CREATE),
                new Config.Archive(
                        value(Setting.ARCHIVE_DIR)
                                .map(workingDirectory::resolve)
                                .orElse(dataDir.resolve("archive")),
                        value(Setting.ARCHIVE_SEGMENT_BYTES)),
                value(Setting.METRICS_OPEN),
                value(Setting.IDEMPOTENCY_WINDOW),
                value(Setting.REQUESTS_PER_SECOND));
    }

    /** What was given, fit for one line: control characters shown as "?", and cut where it is long. */
    private static String printable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…";
    }
}
