package seenby.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of the API's description. References are followed. */
public record OpenApiNode(OpenApi api, String pointer) {
    public JsonNode json() {
        return api.json(pointer);
    }

    public boolean exists() {
        return !json().isMissingNode();
    }

    /** The part at this path of names. It need not exist. */
    public OpenApiNode at(String... names) {
        OpenApiNode part = this;
        for (String name : names) {
            String below = part.pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            part = new OpenApiNode(api, below).followed();
        }
        return part;
    }

    private OpenApiNode followed() {
        JsonNode reference = json().path("$ref");
        return reference.isTextual() ? new OpenApiNode(api, reference.asText().substring(1)).followed() : this;
    }

    public Map<String, OpenApiNode> fields() {
        Map<String, OpenApiNode> fields = new LinkedHashMap<>();
        json().fieldNames().forEachRemaining(name -> fields.put(name, at(name)));
        return fields;
    }

    public List<OpenApiNode> elements() {
        List<OpenApiNode> elements = new ArrayList<>();
        for (int i = 0; i < json().size(); i++) {
            elements.add(at(Integer.toString(i)));
        }
        return elements;
    }

    /** The values of {@code examples} by name, or the single {@code example} with an empty name. */
    public Map<String, JsonNode> examples() {
        Map<String, JsonNode> examples = new LinkedHashMap<>();
        if (at("example").exists()) {
            examples.put("", at("example").json());
        }
        at("examples")
                .fields()
                .forEach((name, example) ->
                        examples.put(name, example.at("value").json()));
        return examples;
    }

    /** How a value violates this part, which is a schema. */
    public List<String> violations(JsonNode value) {
        return api.violations(json(), value);
    }

    @Override
    public String toString() {
        return pointer;
    }
}
