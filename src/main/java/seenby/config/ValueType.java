package seenby.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import seenby.platform.Networks;

/**
 * The type of a value.
 *
 * @param takes a description that follows the word "takes"
 * @param read parses a text; empty: the text is no such value
 */
record ValueType<T>(String takes, Function<String, Optional<T>> read) {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,15})(ms|s|m|h|d)");
    private static final Pattern ORIGIN =
            Pattern.compile("\\*|https?://[a-z0-9._-]+(:[0-9]{1,5})?|https?://\\[[0-9a-f:]+](:[0-9]{1,5})?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%\\[\\]-]{1,255}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    static ValueType<Integer> integer(int least, int most) {
        return new ValueType<>(
                "a whole number from %d to %d".formatted(least, most),
                text -> number(text, least, most).map(Long::intValue));
    }

    static ValueType<Long> integer(long least, long most) {
        return new ValueType<>(
                "a whole number from %d to %d".formatted(least, most), text -> number(text, least, most));
    }

    /** A duration between two bounds, which are written as a value is, such as "1s" and "1m". */
    static ValueType<Duration> duration(String least, String most) {
        Duration from = duration(least).orElseThrow();
        Duration to = duration(most).orElseThrow();
        return new ValueType<>(
                "a duration from %s to %s, such as 200ms, 30s, 5m, 12h or 7d".formatted(least, most),
                text -> duration(text).filter(it -> it.compareTo(from) >= 0 && it.compareTo(to) <= 0));
    }

    /** One of two words, for false and for true. */
    static ValueType<Boolean> choice(String no, String yes) {
        return new ValueType<>(
                no + " or " + yes,
                text -> text.equals(yes) || text.equals(no) ? Optional.of(text.equals(yes)) : Optional.empty());
    }

    /** A text that matches a pattern as a whole. */
    static ValueType<String> text(String takes, String regex) {
        Pattern pattern = Pattern.compile(regex);
        return new ValueType<>(
                takes,
                text -> Optional.of(text).filter(it -> pattern.matcher(it).matches()));
    }

    static ValueType<Path> path(String takes) {
        return new ValueType<>(takes, text -> text.isEmpty() ? Optional.empty() : pathOf(text));
    }

    static ValueType<URI> uri(String takes, String regex) {
        return new ValueType<>(
                takes, text -> text.matches(regex) ? uriOf(text).filter(it -> it.getHost() != null) : Optional.empty());
    }

    static ValueType<Networks> networks() {
        return new ValueType<>(
                "IP addresses or networks such as 10.0.0.0/8, separated by commas; empty: none", Networks::of);
    }

    /** The origins of websites as browsers send them (RFC 6454), which is in lower case. */
    static ValueType<Set<String>> origins() {
        return new ValueType<>(
                "websites such as https://chat.example.org without a path, separated by commas; *: all; empty: none",
                text -> list(text, ORIGIN).map(Set::copyOf));
    }

    /** IP addresses and host names, at least one. */
    static ValueType<List<String>> hosts() {
        return new ValueType<>(
                "IP addresses or host names, separated by commas",
                text -> list(text, HOST).filter(hosts -> !hosts.isEmpty()));
    }

    private static Optional<List<String>> list(String text, Pattern each) {
        List<String> items = text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        return Optional.of(items)
                .filter(all -> all.stream().allMatch(item -> each.matcher(item).matches()));
    }

    /**
     * This type, or the empty text.
     *
     * @param meaning what the empty text stands for
     */
    ValueType<Optional<T>> orEmpty(String meaning) {
        return new ValueType<>(takes + "; empty: " + meaning, text -> {
            Optional<T> value = text.isEmpty() ? Optional.empty() : read.apply(text);
            return text.isEmpty() || value.isPresent() ? Optional.of(value) : Optional.empty();
        });
    }

    private static Optional<Long> number(String text, long least, long most) {
        return Optional.of(text)
                .filter(it -> NUMBER.matcher(it).matches())
                .map(Long::valueOf)
                .filter(it -> it >= least && it <= most);
    }

    private static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Duration unit = UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
        try {
            return Optional.of(unit.multipliedBy(Long.parseLong(matcher.group(1))));
        } catch (ArithmeticException e) {
            // more seconds than a Duration can count, so longer than any bound
            return Optional.empty();
        }
    }

    private static Optional<Path> pathOf(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<URI> uriOf(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
