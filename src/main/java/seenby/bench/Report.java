package seenby.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the scenarios found, as Markdown. Each line is printed as soon as it is known. */
public final class Report {
    private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();
    private static final int LEFT = 40;
    private static final int COLUMN = 9;

    private final PrintStream out;
    private final PrintStream progress;
    private final StringBuilder text = new StringBuilder();
    private final List<String> faults = new ArrayList<>();
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private String scenario = "";
    private String table = "";
    private List<String> columns = List.of();
    private List<Integer> widths = List.of();
    private Optional<String> redis = Optional.empty();

    /**
     * Creates an empty report.
     *
     * @param progress takes lines that say what the bench does now, which are no part of the report
     */
    public Report(PrintStream out, PrintStream progress) {
        this.out = out;
        this.progress = progress;
    }

    /** Keeps the version of the Redis that is measured. */
    void redis(String version) {
        redis = Optional.of(version);
    }

    /** The version of the Redis that was measured, if any scenario says so. */
    public Optional<String> redis() {
        return redis;
    }

    /** Says what takes the time now. */
    void progress(String what) {
        progress.println("… " + what);
    }

    public void section(String title, String about) {
        scenario = title;
        line("");
        line("## " + title);
        line("");
        line(about);
    }

    /** Begins a table with columns of numbers. */
    void head(String what, List<String> heads) {
        table = what;
        columns = heads;
        widths = heads.stream().map(column -> Math.max(COLUMN, column.length())).toList();
        line("");
        print(what, heads);
        line("|" + "-".repeat(LEFT) + "--|"
                + String.join(
                        "|",
                        widths.stream()
                                .map(width -> "-".repeat(width + 1) + ":")
                                .toList())
                + "|");
    }

    /** Integers are grouped; other numbers have two digits after the point. */
    void row(String what, List<?> cells) {
        Map<String, Object> row = new LinkedHashMap<>(Map.of("scenario", scenario));
        row.put("table", table);
        row.put("row", what);
        for (int i = 0; i < cells.size(); i++) {
            row.put(columns.get(i), cells.get(i));
        }
        rows.add(row);
        print(what, cells);
    }

    private void print(String what, List<?> cells) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "| %-" + LEFT + "s |", what));
        for (int i = 0; i < cells.size(); i++) {
            row.append(String.format(Locale.ROOT, " %" + widths.get(i) + "s |", cell(cells.get(i))));
        }
        line(row.toString());
    }

    void row(String what, Figures figures) {
        row(what, figures.cells());
    }

    private static String cell(Object cell) {
        if (cell instanceof Double number) {
            return String.format(Locale.ROOT, "%,.2f", number);
        }
        return cell instanceof Number number ? String.format(Locale.ROOT, "%,d", number.longValue()) : cell.toString();
    }

    public void line(String line) {
        text.append(line).append('\n');
        out.println(line);
    }

    /** Adds the tables of a scenario that has goals. A goal that is missed is a fault. */
    public void goals(String tables, boolean hold) {
        line("");
        line("```");
        tables.strip().lines().forEach(this::line);
        line("```");
        if (!hold) {
            fault("a goal is missed");
        }
    }

    /** Something is not as it must be, so the figures mean nothing. */
    public void fault(String fault) {
        faults.add(fault);
        line("");
        line("**FAILED: " + fault + "**");
    }

    /** Adds a fault unless two counts are equal. */
    void expect(String what, long expected, long found) {
        if (found != expected) {
            fault(String.format(Locale.ROOT, "%s: %,d instead of %,d", what, found, expected));
        }
    }

    public List<String> faults() {
        return List.copyOf(faults);
    }

    /**
     * All rows of the tables of numbers so far, as JSON.
     *
     * @param about what to know of the whole run
     */
    public String json(Map<String, String> about) {
        try {
            return JSON.writeValueAsString(Map.of("about", new TreeMap<>(about), "faults", faults, "rows", rows))
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All lines so far. */
    @Override
    public String toString() {
        return text.toString();
    }
}
