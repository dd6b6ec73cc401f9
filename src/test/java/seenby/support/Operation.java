package seenby.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One call of the API as its description tells of it. */
public record Operation(String method, String path, OpenApiNode item, OpenApiNode part) {
    public String id() {
        return part.at("operationId").json().asText();
    }

    public String route() {
        return method.toUpperCase(Locale.ROOT) + " " + path;
    }

    public boolean needsToken() {
        return !part.at("security").exists();
    }

    public List<OpenApiNode> parameters() {
        List<OpenApiNode> all = new ArrayList<>(item.at("parameters").elements());
        all.addAll(part.at("parameters").elements());
        return all;
    }

    /** The media types of the body that it takes. */
    public Map<String, OpenApiNode> bodies() {
        return part.at("requestBody", "content").fields();
    }

    /** By status. */
    public Map<String, OpenApiNode> responses() {
        return part.at("responses").fields();
    }

    public Map<String, OpenApiNode> successes() {
        Map<String, OpenApiNode> successes = new TreeMap<>(responses());
        successes.keySet().removeIf(status -> !status.startsWith("2"));
        return successes;
    }

    /** Every example that it has, or one under no name. */
    public List<Example> examples() {
        Set<String> names = new LinkedHashSet<>();
        parameters().forEach(parameter -> names.addAll(named(parameter)));
        bodies().values().forEach(body -> names.addAll(named(body)));
        successes()
                .values()
                .forEach(answer ->
                        answer.at("content").fields().values().forEach(content -> names.addAll(named(content))));
        return (names.isEmpty() ? Set.of("") : names)
                .stream().map(name -> new Example(this, name)).toList();
    }

    private static Set<String> named(OpenApiNode part) {
        Map<String, JsonNode> examples = part.examples();
        examples.remove("");
        return examples.keySet();
    }

    @Override
    public String toString() {
        return id();
    }
}
