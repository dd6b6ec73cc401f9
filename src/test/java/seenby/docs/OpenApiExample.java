package seenby.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import seenby.support.ApiClient;

/** A request as the API's description shows it, and the answer that it shows under the same name. */
public record OpenApiExample(Operation operation, String name) {
    /** The answer's status, its part in the description, and its media type, if it has a body. */
    public record Expected(int status, OpenApiNode response, Optional<String> mediaType) {
        public OpenApiNode content() {
            return response.at("content", mediaType.orElseThrow());
        }
    }

    /** Its path and query, as they are shown. */
    public String target() {
        String path = operation.path();
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        for (OpenApiNode parameter : operation.parameters()) {
            String key = parameter.at("name").json().asText();
            String value = URLEncoder.encode(value(parameter).orElse(""), StandardCharsets.UTF_8);
            switch (parameter.at("in").json().asText()) {
                case "path" -> path = path.replace("{" + key + "}", value);
                case "query" -> {
                    if (!value.isEmpty()) {
                        query.add(key + "=" + value);
                    }
                }
                default -> {}
            }
        }
        return path + query;
    }

    /** Of a parameter that is required, one that has no name will do. */
    private Optional<String> value(OpenApiNode parameter) {
        Map<String, JsonNode> examples = parameter.examples();
        boolean required = parameter.at("required").json().asBoolean();
        JsonNode value = examples.getOrDefault(
                name,
                required
                        ? examples.values().iterator().next()
                        : parameter.at("none").json());
        return value.isMissingNode() ? Optional.empty() : Optional.of(value.asText());
    }

    private Optional<Map.Entry<String, OpenApiNode>> body() {
        return operation.bodies().entrySet().stream()
                .filter(body -> body.getValue().examples().containsKey(name))
                .findFirst();
    }

    private String text() {
        return body().map(body -> body.getValue().examples().get(name))
                .map(value -> value.isTextual() ? value.asText() : value.toString())
                .orElse("");
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        body().ifPresent(body -> headers.put("Content-Type", body.getKey()));
        expected().mediaType().ifPresent(type -> headers.put("Accept", type));
        operation.parameters().stream()
                .filter(parameter -> parameter.at("in").json().asText().equals("header"))
                .forEach(parameter -> value(parameter)
                        .ifPresent(
                                value -> headers.put(parameter.at("name").json().asText(), value)));
        return headers;
    }

    /** Sends it; what the description can't know is put in place of what it shows. */
    public ApiClient.Answer send(ApiClient caller, UnaryOperator<String> known) {
        Map<String, String> headers = headers();
        headers.replaceAll((header, value) -> known.apply(value));
        return caller.call(
                operation.method().toUpperCase(Locale.ROOT),
                known.apply(target()),
                BodyPublishers.ofString(known.apply(text())),
                headers);
    }

    /** The success that shows an answer of this name, or else the only one there is. */
    public Expected expected() {
        List<Expected> all = operation.successes().entrySet().stream()
                .flatMap(response -> contents(Integer.parseInt(response.getKey()), response.getValue()))
                .toList();
        return all.stream()
                .filter(this::isShown)
                .findFirst()
                .or(() -> all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty())
                .orElseThrow(() -> new AssertionError("no answer is shown for " + id()));
    }

    private static Stream<Expected> contents(int status, OpenApiNode response) {
        Set<String> types = response.at("content").fields().keySet();
        return types.isEmpty()
                ? Stream.of(new Expected(status, response, Optional.empty()))
                : types.stream().map(type -> new Expected(status, response, Optional.of(type)));
    }

    private boolean isShown(Expected expected) {
        return expected.mediaType().isPresent() && expected.content().examples().containsKey(name);
    }

    /** The operation's, and which of its examples it is. */
    public String id() {
        return name.isEmpty() ? operation.id() : operation.id() + "/" + name;
    }

    /** Whether its answer is a stream, which does not end. */
    public boolean isStream() {
        return expected().mediaType().equals(Optional.of("text/event-stream"));
    }

    @Override
    public String toString() {
        return id();
    }
}
