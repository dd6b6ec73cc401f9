package seenby.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One call of the API, as described. */
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

    /** Whether it reads a token, if there is one. */
    public boolean takesToken() {
        return needsToken() || !part.at("security").json().isEmpty();
    }

    public List<OpenApiNode> parameters() {
        List<OpenApiNode> all = new ArrayList<>(item.at("parameters").elements());
        all.addAll(part.at("parameters").elements());
        return all;
    }

    /** The bodies that the call accepts, by media type. */
    public Map<String, OpenApiNode> bodies() {
        return part.at("requestBody", "content").fields();
    }

    /** The answers by status; those that all calls share are under {@code default}. */
    public Map<String, OpenApiNode> responses() {
        return part.at("responses").fields();
    }

    public Map<String, OpenApiNode> successes() {
        Map<String, OpenApiNode> successes = new TreeMap<>(responses());
        successes.keySet().removeIf(status -> !status.startsWith("2"));
        return successes;
    }

    /** The statuses of the problems that a caller can provoke: the call's own, and those that it shares with others. */
    public Set<Integer> problems() {
        Set<Integer> problems = new TreeSet<>(Set.of(400, 422));
        if (needsToken()) {
            problems.addAll(Set.of(401, 429));
        }
        if (readsBody()) {
            problems.addAll(Set.of(413, 415));
        }
        responses().keySet().stream()
                .filter(status -> status.startsWith("4"))
                .map(Integer::valueOf)
                .forEach(problems::add);
        return problems;
    }

    /** Whether the call reads a body, if only to refuse all but an empty one. */
    public boolean readsBody() {
        return !Set.of("get", "delete").contains(method);
    }

    /** Every example of the call, or one without a name. */
    public List<OpenApiExample> examples() {
        Set<String> names = new LinkedHashSet<>();
        parameters().forEach(parameter -> names.addAll(named(parameter)));
        bodies().values().forEach(body -> names.addAll(named(body)));
        successes()
                .values()
                .forEach(answer ->
                        answer.at("content").fields().values().forEach(content -> names.addAll(named(content))));
        return (names.isEmpty() ? Set.of("") : names)
                .stream().map(name -> new OpenApiExample(this, name)).toList();
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
