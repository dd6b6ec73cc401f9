package seenby.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seenby.config.ConfigException;

/**
 * The command line of {@code bench}.
 *
 * @param scenario the word that names what to measure
 * @param values the options that have a value, by their names
 */
record BenchOptions(String scenario, boolean quick, boolean help, Map<String, String> values) {
    private static final BenchOptions NONE = new BenchOptions("", false, false, Map.of());
    private static final String SECONDS = "--seconds";
    private static final String ROUNDS = "--rounds";
    private static final String NCHAN = "--nchan";
    private static final String REPORT = "--report";
    private static final String DATA = "--data";

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
            case "--help", "-h" -> new BenchOptions(scenario, quick, true, values);
            case "--quick" -> new BenchOptions(scenario, true, help, values);
            case SECONDS, ROUNDS -> having(word, number(word, value(word, rest)));
            case NCHAN, REPORT, DATA -> having(word, value(word, rest));
            default -> named(word);
        };
    }

    private BenchOptions having(String option, String value) {
        Map<String, String> more = new HashMap<>(values);
        more.put(option, value);
        return new BenchOptions(scenario, quick, help, Map.copyOf(more));
    }

    private BenchOptions named(String word) {
        if (word.startsWith("-")) {
            throw new ConfigException("bench has no option " + word + "; see bench --help");
        }
        if (!scenario.isEmpty()) {
            throw new ConfigException("bench runs one scenario or all, not both " + scenario + " and " + word);
        }
        return new BenchOptions(word, quick, help, values);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new ConfigException("bench " + option + " needs a value");
        }
        return rest.remove();
    }

    private static String number(String option, String word) {
        if (!word.matches("[1-9][0-9]{0,3}")) {
            throw new ConfigException("bench " + option + " needs a number from 1 to 9999, not " + word);
        }
        return word;
    }

    /** How long each figure is measured. */
    Duration time() {
        return value(SECONDS)
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(quick ? Duration.ofMillis(300) : Duration.ofSeconds(2));
    }

    /** How often each figure of a comparison is measured. */
    int rounds() {
        return value(ROUNDS).map(Integer::parseInt).orElse(1);
    }

    /** The module of nginx to compare with. */
    Optional<Path> nchan() {
        return value(NCHAN).map(Path::of);
    }

    /** The file for the tables as Markdown. */
    Optional<Path> report() {
        return value(REPORT).map(Path::of);
    }

    /** The file for the tables as JSON. */
    Optional<Path> data() {
        return value(DATA).map(Path::of);
    }

    private Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }
}
