package seenby.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a properties file. Java drops a single backslash, or makes a tab of it and the next letter. Here it stays, as
 * in a path of Windows: no value contains a tab or a line end. What is not certain is refused.
 */
final class ConfigFile {
    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final Pattern COMMENT = Pattern.compile("\\s*[#!].*");
    private static final Pattern KEY = Pattern.compile("\\s*([^\\s=:]*)");

    /** An escape that stays one, or else a backslash and what follows it: nothing at the end of the line. */
    private static final Pattern BACKSLASH = Pattern.compile("\\\\(?:(u\\p{XDigit}{4}|[\\\\:=#!])|(.?))");

    private final String origin;

    private ConfigFile(String origin) {
        this.origin = origin;
    }

    /**
     * The keys and values, sorted, so that a file with several mistakes is always refused for the same one.
     *
     * @param origin what messages call the file
     */
    static Map<String, String> read(Path file, String origin) {
        Properties properties = new OnceOnly(origin);
        try {
            String text = Files.readString(file);
            String lines = (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
                    .lines()
                    .map(new ConfigFile(origin)::escaped)
                    .collect(Collectors.joining("\n"));
            properties.load(new StringReader(lines));
        } catch (CharacterCodingException e) {
            throw new ConfigException("%s is not UTF-8".formatted(origin));
        } catch (IOException e) {
            throw new ConfigException("cannot read %s: %s".formatted(origin, ConfigSources.printable(e.toString())));
        }
        Map<String, String> values = new TreeMap<>();
        properties.forEach((key, value) -> values.put((String) key, (String) value));
        return values;
    }

    /** The line, with two backslashes for each one that is meant as it stands. */
    private String escaped(String line) {
        if (COMMENT.matcher(line).matches()) {
            return line;
        }
        List<MatchResult> found = BACKSLASH.matcher(line).results().toList();
        List<MatchResult> single =
                found.stream().filter(each -> each.group(1) == null).toList();
        if (single.stream().anyMatch(each -> each.group(2).isEmpty())) {
            throw refused(line, "ends with a backslash; write two for one, and each value in one line");
        }
        if (!single.isEmpty() && found.stream().anyMatch(each -> "\\".equals(each.group(1)))) {
            throw refused(line, "has single and double backslashes; write two for each one");
        }
        return BACKSLASH
                .matcher(line)
                .replaceAll(
                        each -> Matcher.quoteReplacement(each.group(1) == null ? "\\" + each.group() : each.group()));
    }

    private ConfigException refused(String line, String what) {
        Matcher key = KEY.matcher(line);
        String name = key.lookingAt() ? key.group(1) : "";
        return new ConfigException("%s (from %s) %s".formatted(ConfigSources.printable(name), origin, what));
    }

    /** The keys of a file; a second value of one key would silently replace the first. */
    private static final class OnceOnly extends Properties {
        private final String origin;

        OnceOnly(String origin) {
            this.origin = origin;
        }

        @Override
        public synchronized @Nullable Object put(Object name, Object value) {
            Optional<String> before = Optional.ofNullable(getProperty((String) name));
            String what = "%s (from %s)".formatted(ConfigSources.printable((String) name), origin);
            return super.put(name, ConfigSources.once(before, (String) value, what));
        }
    }
}
