package seenby.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the configuration from environment variables, and secrets from the files that they name. */
final class ConfigEnvironment {
    private static final int BYTE_ORDER_MARK = 0xfeff;

    private final Collection<Setting<?>> settings;
    private final Path workingDirectory;
    private final Taker taker;

    /** Checks a value and keeps it. */
    interface Taker {
        void take(Setting<?> setting, String value, String origin);
    }

    ConfigEnvironment(Collection<Setting<?>> settings, Path workingDirectory, Taker taker) {
        this.settings = settings;
        this.workingDirectory = workingDirectory;
        this.taker = taker;
    }

    /**
     * A variable is a typing error if it begins with the first word of a key. Other variables that begin with our name
     * are not ours: Kubernetes, for example, sets some for a service called {@code seenby}.
     */
    void read(Map<String, String> environment) {
        Map<String, Setting<?>> variables = new HashMap<>();
        settings.forEach(setting -> variables.put(setting.variable(), setting));
        Map<String, Setting<?>> secretFiles = settings.stream()
                .filter(Setting::isSecret)
                .collect(Collectors.toMap(Setting::fileVariable, setting -> setting));
        environment.forEach((name, value) -> {
            Setting<?> setting = variables.get(name);
            if (setting != null) {
                taker.take(setting, value, "the environment variable " + name);
            } else if (secretFiles.containsKey(name)) {
                takeSecret(secretFiles.get(name), value, name, environment);
            } else if (settings.stream().map(Setting::variableSection).anyMatch(name::startsWith)) {
                throw new ConfigException(
                        "unknown environment variable %s; the variable of a key looks like %sHTTP_PORT for http.port"
                                .formatted(ConfigSources.printable(name), Setting.VARIABLE_PREFIX));
            }
        });
    }

    /** Takes a secret from a file, so that it is not in the environment, which other processes and logs show. */
    private void takeSecret(Setting<?> setting, String path, String variable, Map<String, String> environment) {
        if (environment.containsKey(setting.variable())) {
            throw new ConfigException(
                    "%s and %s are both given; give one of them".formatted(setting.variable(), variable));
        }
        String origin = "the file that the environment variable %s names".formatted(variable);
        String secret;
        try {
            secret = Files.readString(workingDirectory.resolve(ConfigSources.meant(path)));
        } catch (CharacterCodingException e) {
            throw new ConfigException("%s is not UTF-8".formatted(origin));
        } catch (IOException | InvalidPathException e) {
            throw new ConfigException("cannot read %s: %s".formatted(origin, ConfigSources.printable(e.toString())));
        }
        if (secret.isBlank()) {
            throw new ConfigException("%s is empty".formatted(origin));
        }
        taker.take(setting, secret.codePointAt(0) == BYTE_ORDER_MARK ? secret.substring(1) : secret, origin);
    }
}
