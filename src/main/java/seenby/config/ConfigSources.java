package seenby.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the configuration from a file, the environment and flags. A flag wins over the environment, and the environment
 * wins over the file. Values that lose are checked too, so that a mistake shows on the day it is made. What other tools
 * leave around a value is no part of it: blanks, line ends, and a pair of quotes.
 */
public final class ConfigSources {
    private static final String FILE = "config.properties";
    private static final int LONGEST_QUOTE = 60;

    private final Map<String, Setting<?>> settings = new LinkedHashMap<>();

    /** What was given, by the name of its key. It is checked before it is put here. */
    private final Map<String, String> given = new HashMap<>();

    private ConfigSources() {
        Settings.all().forEach(setting -> settings.put(setting.name(), setting));
    }

    /**
     * Reads all sources. The file is the one that {@code --config} names, which must exist, or else {@code
     * config.properties} in the working directory, if there is one. Relative paths start at the working directory.
     *
     * @throws ConfigException at the first unknown key or bad value
     */
    public static Config read(List<String> flags, Map<String, String> environment, Path workingDirectory) {
        ConfigSources sources = new ConfigSources();
        Map<String, String> keys = new TreeMap<>();
        Optional<Path> file = parse(flags, keys).map(workingDirectory::resolve);

        sources.takeFile(file.orElse(workingDirectory.resolve(FILE)), file.isPresent());
        new ConfigEnvironment(sources.settings.values(), workingDirectory, sources::take)
                .read(new TreeMap<>(environment));
        keys.forEach((name, value) -> sources.take(name, value, "the flag --" + printable(name)));
        return Settings.config(sources.values(), workingDirectory);
    }

    /** Puts the keys among the flags into {@code keys} and returns the file that {@code --config} names. */
    private static Optional<Path> parse(List<String> flags, Map<String, String> keys) {
        Deque<String> rest = new ArrayDeque<>(flags);
        Optional<String> file = Optional.empty();
        while (!rest.isEmpty()) {
            String flag = rest.pop();
            int equals = flag.indexOf('=');
            if (flag.equals("--config") && !rest.isEmpty()) {
                file = Optional.of(once(file, rest.pop(), "the flag --config"));
            } else if (flag.startsWith("--config=")) {
                file = Optional.of(once(file, flag.substring(equals + 1), "the flag --config"));
            } else if (flag.startsWith("--") && equals > 0) {
                String name = flag.substring(2, equals).strip();
                Optional<String> before = Optional.ofNullable(keys.get(name));
                keys.put(name, once(before, flag.substring(equals + 1), "the flag --" + printable(name)));
            } else {
                throw new ConfigException(
                        "unknown flag %s; the flags are --config FILE and --KEY=VALUE, such as --http.port=8080"
                                .formatted(printable(flag)));
            }
        }
        return file.map(text -> ValueType.path("")
                .read()
                .apply(meant(text))
                .orElseThrow(() -> new ConfigException("--config needs the path of a file")));
    }

    /** The value, unless another one was given before: then it is not certain which is meant. */
    static String once(Optional<String> before, String value, String what) {
        if (before.isPresent() && !meant(before.get()).equals(meant(value))) {
            throw new ConfigException("%s is given twice, with different values; give it once".formatted(what));
        }
        return value;
    }

    /** The value without what tools leave around it: docker, for example, keeps the quotes of an {@code --env-file}. */
    static String meant(String text) {
        String stripped = text.strip();
        char first = stripped.length() < 2 ? 0 : stripped.charAt(0);
        boolean quoted = (first == '"' || first == '\'') && stripped.charAt(stripped.length() - 1) == first;
        return quoted ? stripped.substring(1, stripped.length() - 1).strip() : stripped;
    }

    private void takeFile(Path file, boolean required) {
        if (!required && Files.notExists(file)) {
            return;
        }
        String origin = printable(file.toString());
        ConfigFile.read(file, origin).forEach((name, value) -> take(name, value, origin));
    }

    private void take(String name, String text, String origin) {
        Setting<?> setting = settings.get(name);
        if (setting == null) {
            throw new ConfigException("unknown key %s (from %s); the keys are %s"
                    .formatted(printable(name), origin, String.join(", ", settings.keySet())));
        }
        take(setting, text, origin);
    }

    private void take(Setting<?> setting, String raw, String origin) {
        String text = meant(raw);
        if (setting.type().read().apply(text).isEmpty()) {
            String quote = setting.isSecret() ? "" : "; not \"" + printable(text) + "\"";
            throw new ConfigException("%s (from %s) takes %s%s"
                    .formatted(setting.name(), origin, setting.type().takes(), quote));
        }
        given.put(setting.name(), text);
    }

    private Settings.Values values() {
        return new Settings.Values() {
            @Override
            public <T> T of(Setting<T> setting) {
                String text = given.getOrDefault(setting.name(), setting.byDefault());
                return setting.type().read().apply(text).orElseThrow();
            }
        };
    }

    /** A quote for one line: control characters become "?", and a long text is cut. */
    static String printable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…";
    }
}
