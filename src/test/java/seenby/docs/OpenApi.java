package seenby.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The API's description, read strictly: an answer may not have a field that its schema does not list. */
public final class OpenApi {
    public static final Path FILE = Path.of("src/main/resources/openapi.yaml");

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static final String SCHEMAS = "#/components/schemas/";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final JsonNode document;
    private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

    private OpenApi(JsonNode document) {
        this.document = document;
    }

    public static OpenApi read() {
        try {
            JsonNode document = parse(Files.readString(FILE));
            close(document);
            return new OpenApi(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Jackson's own YAML reader does not resolve an alias to what its anchor names. */
    public static JsonNode parse(String yaml) {
        return new ObjectMapper().valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
    }

    private static void close(JsonNode node) {
        if (node.path("type").asText().equals("object") && node.has("properties")) {
            ObjectNode schema = (ObjectNode) node;
            if (!schema.has("additionalProperties")) {
                schema.put("additionalProperties", false);
            }
        }
        node.forEach(OpenApi::close);
    }

    public OpenApiNode root() {
        return new OpenApiNode(this, "");
    }

    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root().at("paths")
                .fields()
                .forEach((path, item) -> item.fields().forEach((method, part) -> {
                    if (METHODS.contains(method)) {
                        operations.add(new Operation(method, path, item, part));
                    }
                }));
        return operations;
    }

    JsonNode json(String pointer) {
        return document.at(pointer);
    }

    /** How a value violates a schema. */
    List<String> violations(JsonNode schema, JsonNode value) {
        return compiled
                .computeIfAbsent(schema, this::compile)
                .validate(value, run -> run.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    private Schema compile(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("$defs", document.at("/components/schemas"));
        return REGISTRY.getSchema(whole.toString().replace(SCHEMAS, "#/$defs/"));
    }
}
