package seenby.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import seenby.config.ConfigException;

/**
 * The command line of {@code bench}.
 *
 * @param scenario the word that names what to measure
 * @param seconds how long each figure is measured, unless the default is right
 */
record BenchOptions(String scenario, boolean quick, boolean help, Optional<Duration> seconds, Optional<Path> report) {
    private static final BenchOptions NONE = new BenchOptions("", false, false, Optional.empty(), Optional.empty());

    /** Throws a {@link ConfigException} that names what is wrong. */
    static BenchOptions parse(List<String> words) {
        BenchOptions options = NONE;
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String word = rest.remove();
            options = options.with(word, rest);
        }
        return options;
    }

    private BenchOptions with(String word, Deque<String> rest) {
        return switch (word) {
            case "--help", "-h" -> new BenchOptions(scenario, quick, true, seconds, report);
            case "--quick" -> new BenchOptions(scenario, true, help, seconds, report);
            case "--seconds" ->
                new BenchOptions(scenario, quick, help, Optional.of(seconds(value(word, rest))), report);
            case "--report" ->
                new BenchOptions(scenario, quick, help, seconds, Optional.of(Path.of(value(word, rest))));
            default -> named(word);
        };
    }

    private BenchOptions named(String word) {
        if (word.startsWith("-")) {
            throw new ConfigException("bench has no option " + word + "; see bench --help");
        }
        if (!scenario.isEmpty()) {
            throw new ConfigException("bench runs one scenario or all, not both " + scenario + " and " + word);
        }
        return new BenchOptions(word, quick, help, seconds, report);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new ConfigException("bench " + option + " needs a value");
        }
        return rest.remove();
    }

    private static Duration seconds(String word) {
        if (!word.matches("[1-9][0-9]{0,3}")) {
            throw new ConfigException("bench --seconds needs a number from 1 to 9999, not " + word);
        }
        return Duration.ofSeconds(Long.parseLong(word));
    }

    /** How long each figure is measured. */
    Duration time() {
        return seconds.orElse(quick ? Duration.ofMillis(300) : Duration.ofSeconds(2));
    }
}
