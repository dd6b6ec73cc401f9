package seenby.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics of a server at one moment, read strictly: each line is one of the three of the text format, each sample
 * belongs to the type announced before it, and none is given twice.
 *
 * @param types by the name of the metric
 * @param samples by name and labels, as they stand there
 */
public record Scrape(Map<String, String> types, Map<String, Double> samples) {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\"\\\\n])*\"";
    private static final Pattern HELP = Pattern.compile("# HELP " + NAME + " .+");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|histogram|summary|untyped)");
    private static final Pattern SAMPLE =
            Pattern.compile("((" + NAME + ")(?:\\{" + LABEL + "(?:," + LABEL + ")*,?})?) (\\S+)");
    private static final Map<String, String> PARTS =
            Map.of("histogram", "(_bucket|_sum|_count)", "summary", "(_sum|_count)");

    /** Reads them as this user. */
    public static Scrape by(ApiClient user) {
        return of(user.get("/metrics").expect(200).response().body());
    }

    public static Scrape of(String text) {
        assertTrue(text.endsWith("\n"), "the last line ends");
        Scrape scrape = new Scrape(new LinkedHashMap<>(), new LinkedHashMap<>());
        String current = "";
        for (String line : text.lines().toList()) {
            Matcher type = TYPE.matcher(line);
            if (type.matches()) {
                current = type.group(1);
                assertEquals(null, scrape.types.put(current, type.group(2)), line);
            } else if (!HELP.matcher(line).matches()) {
                scrape.add(current, line);
            }
        }
        return scrape;
    }

    private void add(String metric, String line) {
        Matcher sample = SAMPLE.matcher(line);
        assertTrue(sample.matches(), line);
        String parts = PARTS.getOrDefault(Objects.requireNonNull(types.get(metric), line), "");
        assertTrue(sample.group(2).matches(Pattern.quote(metric) + parts), line);
        double value = Double.parseDouble(sample.group(3).replace("+Inf", "Infinity"));
        assertEquals(null, samples.put(sample.group(1), value), line);
    }

    /** The value of a sample, given by name and labels as they stand there. */
    public double value(String sample) {
        return Optional.ofNullable(samples.get(sample)).orElseThrow(() -> new AssertionError("no sample " + sample));
    }

    /** The values that a label of a metric has. */
    public Set<String> labels(String metric, String label) {
        Pattern pattern = Pattern.compile(Pattern.quote(metric) + "\\{.*?\\b" + label + "=\"([^\"]*)\".*");
        Set<String> values = new TreeSet<>();
        samples.keySet().forEach(sample -> {
            Matcher matcher = pattern.matcher(sample);
            if (matcher.matches()) {
                values.add(matcher.group(1));
            }
        });
        return values;
    }
}
