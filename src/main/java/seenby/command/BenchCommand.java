package seenby.command;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import seenby.bench.Bench;
import seenby.bench.Report;
import seenby.bench.Scenario;
import seenby.bench.Scenarios;
import seenby.config.ConfigException;

/** {@code bench}: measures servers that it starts for that. */
public final class BenchCommand {
    private static final String ALL = "all";

    private static final String USAGE = """
            Usage: java -jar seenby.jar bench SCENARIO [OPTION…]

            Starts a server in a temporary directory, loads it from this process, and prints a table.

            %s
              all       all of these

              --quick        small sizes and short times, to try the bench itself
              --seconds N    measure each figure for N seconds; the default is 2
              --rounds N     in limits, measure each figure N times, and show the median; the default is 1
              --nchan FILE   in limits, measure Nchan too: the module ngx_nchan_module.so of the nginx on the PATH
              --report FILE  write the tables to a file too, as Markdown
              --data FILE    write the tables to a file too, as JSON

            It exits with 1 if a result is wrong, such as a message that is lost or comes twice, or if a goal is missed.
            """;

    private final List<Scenario> scenarios;
    private final String version;
    private final PrintStream out;

    /** @param version the version of the program, for the report */
    public BenchCommand(Server.Starter starter, String version, PrintStream out) {
        this.scenarios = Stream.concat(Scenarios.all().stream(), StorageScenarios.all(starter).stream())
                .toList();
        this.version = version;
        this.out = out;
    }

    /** Runs one scenario or all. Returns whether every result is as it must be. */
    public boolean run(List<String> words) throws IOException, InterruptedException {
        BenchOptions options = BenchOptions.parse(words);
        if (options.help()) {
            out.print(USAGE.formatted(names("%-9s %s")));
            return true;
        }
        List<Scenario> chosen = chosen(options.scenario());
        Report report = new Report(out, System.err);
        // a wrong path must not be found after twenty minutes only
        write(options, report);
        Bench bench = new Bench(report, options.quick(), options.time(), options.rounds(), options.nchan());
        for (Scenario scenario : chosen) {
            run(scenario, bench);
            write(options, report);
        }
        return report.faults().isEmpty();
    }

    /** A scenario that fails does not keep the others from being measured. */
    private static void run(Scenario scenario, Bench bench) throws IOException, InterruptedException {
        bench.report().section(scenario.name(), scenario.measures());
        try {
            scenario.run(bench);
        } catch (IllegalStateException | UncheckedIOException e) {
            bench.report().fault(scenario.name() + " has ended: " + e.getMessage());
        }
    }

    private void write(BenchOptions options, Report report) {
        options.report().ifPresent(file -> write(file, head(report) + report));
        options.data().ifPresent(file -> write(file, report.json(about(options, report))));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new ConfigException("cannot write " + file + ": " + e);
        }
    }

    private List<Scenario> chosen(String name) {
        List<Scenario> chosen = scenarios.stream()
                .filter(each -> name.equals(ALL) || each.name().equals(name))
                .toList();
        if (chosen.isEmpty()) {
            String known = scenarios.stream().map(Scenario::name).collect(Collectors.joining(", "));
            throw new ConfigException("bench needs one of all, " + known + "; see bench --help");
        }
        return chosen;
    }

    private String names(String format) {
        return scenarios.stream()
                .map(each -> ("  " + format).formatted(each.name(), each.measures()))
                .collect(Collectors.joining("\n"));
    }

    private String head(Report report) {
        return "# Figures of Seenby " + version + "\n\n" + LocalDate.now(ZoneOffset.UTC) + ", " + machine(report)
                + ". What the columns mean is in docs/performance.md.\n";
    }

    private Map<String, String> about(BenchOptions options, Report report) {
        return Map.of(
                "version", version,
                "date", LocalDate.now(ZoneOffset.UTC).toString(),
                "machine", machine(report),
                "seconds", Double.toString(options.time().toMillis() / 1e3),
                "rounds", Integer.toString(options.rounds()));
    }

    private static String machine(Report report) {
        return Machine.describe()
                + report.redis().map(redis -> ", Redis " + redis).orElse("");
    }
}
