package seenby.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.List;

/** A list for a person or a script: a line with the names of its columns, and a line for each row, with tabs. */
final class Rows {
    private final PrintStream out;
    private final List<String> columns;

    Rows(PrintStream out, List<String> columns) {
        this.out = out;
        this.columns = columns;
        print(columns);
    }

    /** Prints these fields of each element of a list. */
    static void print(PrintStream out, JsonNode list, String... fields) {
        Rows rows = new Rows(out, List.of(fields));
        list.forEach(rows::print);
    }

    private void print(JsonNode element) {
        print(columns.stream().map(column -> element.path(column).asText()).toList());
    }

    void print(String... values) {
        print(List.of(values));
    }

    private void print(List<String> values) {
        out.println(String.join("\t", values));
    }
}
