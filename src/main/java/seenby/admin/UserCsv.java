package seenby.admin;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Users in a CSV file (RFC 4180) whose first line names the columns. */
final class UserCsv {
    private static final Path STANDARD_INPUT = Path.of("-");

    private static final ObjectReader READER = new CsvMapper()
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.TRIM_SPACES)
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader());

    private UserCsv() {}

    /** The users as the API takes them. An empty field is absent. */
    static List<Map<String, Object>> read(Path file) {
        try (InputStream in = file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(file);
                MappingIterator<Map<String, String>> lines = READER.readValues(in)) {
            List<Map<String, Object>> users = new ArrayList<>();
            while (lines.hasNext()) {
                users.add(user(lines.next()));
            }
            return users;
        } catch (IOException | RuntimeException e) {
            throw new AdminException("cannot read %s: %s".formatted(file, e));
        }
    }

    private static Map<String, Object> user(Map<String, String> line) {
        Map<String, Object> user = new HashMap<>();
        line.forEach((column, value) -> {
            if (!value.isEmpty()) {
                user.put(column, column.equals("admin") ? flag(value) : value);
            }
        });
        return user;
    }

    /** The server names what is neither. */
    private static Object flag(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> value;
        };
    }
}
