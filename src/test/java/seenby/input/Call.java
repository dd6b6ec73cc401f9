package seenby.input;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import seenby.docs.OpenApiNode;
import seenby.docs.Operation;
import seenby.support.RefusalFixture;

/**
 * A request of ann that would succeed, in parts, so that one of them can be made bad. Paths, queries and headers have
 * one char for each byte.
 *
 * @param fields the fields of its JSON body that are required, each with its value as JSON
 */
record Call(Operation operation, String path, String query, List<String> headers, Map<String, String> fields) {
    /** What the {@link seenby.support.RefusalFixture} has under the names of the parameters in paths. */
    private static final Map<String, String> IDS = Map.of("gid", "ops", "uid", "bob", "id", "1");

    static Call of(Operation operation, String token) {
        String path = operation.path();
        for (Map.Entry<String, String> id : IDS.entrySet()) {
            path = path.replace("{" + id.getKey() + "}", id.getValue());
        }
        List<String> headers = List.of("Host: a", "Authorization: Bearer " + token);
        return new Call(operation, path, "", headers, required(operation));
    }

    private static Map<String, String> required(Operation operation) {
        OpenApiNode json = operation.part().at("requestBody", "content", RefusalFixture.JSON);
        Set<String> names = new HashSet<>();
        json.at("schema", "required").json().forEach(name -> names.add(name.asText()));
        Map<String, String> fields = new LinkedHashMap<>();
        json.examples().values().stream()
                .limit(1)
                .forEach(example ->
                        names.forEach(name -> fields.put(name, example.get(name).toString())));
        return fields;
    }

    String method() {
        return operation.method().toUpperCase(Locale.ROOT);
    }

    String json() {
        return fields.entrySet().stream()
                .map(field -> quoted(field.getKey()) + ":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String name) {
        return "\"" + name + "\"";
    }

    /** The path with another text in place of an id. */
    Call withId(String parameter, String id) {
        String template = operation.path().replace("{" + parameter + "}", "\n");
        String other = template;
        for (Map.Entry<String, String> known : IDS.entrySet()) {
            other = other.replace("{" + known.getKey() + "}", known.getValue());
        }
        return new Call(operation, other.replace("\n", id), query, headers, fields);
    }

    Call withQuery(String text) {
        return new Call(operation, path, "?" + text, headers, fields);
    }

    Call withField(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new Call(operation, path, query, headers, more);
    }

    Call without(String field) {
        Map<String, String> fewer = new LinkedHashMap<>(fields);
        Objects.requireNonNull(fewer.remove(field), field);
        return new Call(operation, path, query, headers, fewer);
    }

    Call withHeaders(String... more) {
        List<String> all = new ArrayList<>(headers);
        all.addAll(List.of(more));
        return new Call(operation, path, query, all, fields);
    }

    Call withoutHeader(String name) {
        return new Call(
                operation,
                path,
                query,
                headers.stream()
                        .filter(header -> !header.startsWith(name + ":"))
                        .toList(),
                fields);
    }
}
