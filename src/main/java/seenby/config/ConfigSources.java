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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Reads the configuration from a file, the environment and flags. A flag wins over the environment, and the environment
 * wins over the file. Values that lose are checked too, so that a mistake shows on the day it is made.
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
        sources.takeEnvironment(new TreeMap<>(environment));
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
                file = Optional.of(rest.pop());
            } else if (flag.startsWith("--config=")) {
                file = Optional.of(flag.substring(equals + 1));
            } else if (flag.startsWith("--") && equals > 0) {
                keys.put(flag.substring(2, equals), flag.substring(equals + 1));
            } else {
                throw new ConfigException(
                        "unknown flag %s; the flags are --config FILE and --KEY=VALUE, such as --http.port=8080"
                                .formatted(printable(flag)));
            }
        }
        return file.map(text -> ValueType.path("")
                .read()
                .apply(text)
                .orElseThrow(() -> new ConfigException("--config needs the path of a file")));
    }

    private void takeFile(Path file, boolean required) {
        if (!required && Files.notExists(file)) {
            return;
        }
        String origin = printable(file.toString());
        // sorted, so that a file with several mistakes is always refused for the same one
        new TreeMap<>(load(file, origin))
                .forEach((name, value) -> take((String) name, ((String) value).strip(), origin));
    }

    private static Properties load(Path file, String origin) {
        Properties properties = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
            return properties;
        } catch (CharacterCodingException e) {
            throw new ConfigException("%s is not UTF-8".formatted(origin));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException("cannot read %s: %s".formatted(origin, printable(e.toString())));
        }
    }

    /**
     * A variable is a typing error if it begins with the first word of a key. Other variables that begin with our name
     * are not ours: Kubernetes, for example, sets some for a service called {@code seenby}.
     */
    private void takeEnvironment(Map<String, String> environment) {
        Map<String, Setting<?>> variables = new HashMap<>();
        settings.values().forEach(setting -> variables.put(setting.variable(), setting));
        environment.forEach((name, value) -> {
            Setting<?> setting = variables.get(name);
            if (setting != null) {
                take(setting, value, "the environment variable " + name);
            } else if (settings.values().stream().map(Setting::variableSection).anyMatch(name::startsWith)) {
                throw new ConfigException(
                        "unknown environment variable %s; the variable of a key looks like %sHTTP_PORT for http.port"
                                .formatted(printable(name), Setting.VARIABLE_PREFIX));
            }
        });
    }

    private void take(String name, String text, String origin) {
        Setting<?> setting = settings.get(name);
        if (setting == null) {
            throw new ConfigException("unknown key %s (from %s); the keys are %s"
                    .formatted(printable(name), origin, String.join(", ", settings.keySet())));
        }
        take(setting, text, origin);
    }

    private void take(Setting<?> setting, String text, String origin) {
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
    private static String printable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…";
    }
}
