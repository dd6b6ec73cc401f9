package seenby.docs;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The API's description is valid, complete, and its examples match its schemas. */
class OpenApiTest {
    private static final OpenApi API = OpenApi.read();

    @Test
    void aValidatorAcceptsTheDescription() throws IOException {
        SwaggerParseResult result = new OpenAPIV3Parser().readContents(Files.readString(OpenApi.FILE));

        assertEquals(List.of(), result.getMessages());
        assertNotNull(result.getOpenAPI());
        assertEquals("3.1.0", result.getOpenAPI().getOpenapi());
    }

    @Test
    void everyReferenceExistsAndEveryComponentIsReferenced() throws IOException {
        JsonNode raw = OpenApi.parse(Files.readString(OpenApi.FILE));
        Set<String> references = new TreeSet<>(raw.findValuesAsText("$ref"));
        Set<String> all = new TreeSet<>();
        for (String kind : List.of("schemas", "responses", "parameters", "headers")) {
            raw.at("/components/" + kind)
                    .fieldNames()
                    .forEachRemaining(name -> all.add("#/components/" + kind + "/" + name));
        }
        all.remove("#/components/schemas/Event"); // a stream is a text; this schema is for its readers

        assertEquals(all, references);
    }

    @Test
    void theDescriptionHasTheVersionOfTheServer() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String version = API.root().at("info", "version").json().asText();

        assertTrue(pom.contains("<artifactId>seenby</artifactId>\n  <version>" + version + "</version>"), version);
    }

    @Test
    void everyCallHasANameASummaryAndTheSharedProblems() {
        Set<String> ids = new HashSet<>();
        for (Operation operation : API.operations()) {
            assertTrue(ids.add(operation.id()), operation.id());
            assertTrue(operation.part().at("summary").exists(), operation.id());
            assertEquals(1, operation.part().at("tags").json().size(), operation.id());
            Set<String> statuses = operation.responses().keySet();
            assertEquals(
                    "/components/responses/Problem",
                    operation.part().at("responses", "default").pointer());
            Set<String> own = new TreeSet<>(statuses);
            own.removeIf(status -> status.startsWith("2") || status.equals("default"));
            assertTrue(Set.of("403", "404", "409").containsAll(own), operation.id());
        }
    }

    @Test
    void everySharedProblemHasAnExample() {
        assertEquals(Set.of(400, 401, 405, 413, 415, 422, 429, 503), OpenApiContract.shared());
    }

    @Test
    void everySuccessHasAnExample() {
        for (Operation operation : API.operations()) {
            Set<Integer> shown = operation.examples().stream()
                    .map(example -> example.expected().status())
                    .collect(toSet());
            Set<Integer> told = operation.successes().keySet().stream()
                    .map(Integer::valueOf)
                    .collect(toSet());
            assertEquals(told, shown, operation.id());
        }
    }

    /** All examples next to a schema, in calls and in headers. */
    @Test
    void everyExampleMatchesItsSchema() {
        Map<String, List<String>> violations = new TreeMap<>();
        int[] examples = {0};
        withSchemas()
                .forEach(part -> part.examples().forEach((name, value) -> {
                    examples[0]++;
                    violations.put(part + " " + name, part.at("schema").violations(value));
                }));
        violations.values().removeIf(List::isEmpty);

        assertEquals(Map.of(), violations);
        assertTrue(examples[0] > 80, "examples: " + examples[0]);
    }

    private static Stream<OpenApiNode> withSchemas() {
        Stream<OpenApiNode> ofCalls = API.operations().stream()
                .flatMap(operation -> Stream.of(
                                operation.parameters().stream(),
                                operation.bodies().values().stream(),
                                operation.responses().values().stream().flatMap(OpenApiTest::contents))
                        .flatMap(parts -> parts));
        return Stream.concat(ofCalls, API.root().at("components", "headers").fields().values().stream());
    }

    private static Stream<OpenApiNode> contents(OpenApiNode response) {
        return response.at("content").fields().values().stream();
    }

    @Test
    void noRequestBodyAllowsUnknownFields() throws IOException {
        JsonNode raw = OpenApi.parse(Files.readString(OpenApi.FILE));
        Set<String> open = API.operations().stream()
                .flatMap(operation -> operation.bodies().values().stream())
                .map(body -> body.at("schema").pointer())
                .filter(pointer -> raw.at(pointer).path("type").asText().equals("object"))
                .filter(pointer -> raw.at(pointer).path("additionalProperties").asBoolean(true))
                .collect(toSet());

        assertEquals(Set.of(), open);
    }

    @Test
    void theEventsOfTheStreamMatchTheirSchemas() throws IOException {
        OpenApiNode schema = API.root().at("components", "schemas", "Event");
        OpenApiNode answer =
                API.root().at("paths", "/v1/updates", "get", "responses", "200", "content", "text/event-stream");
        String stream = answer.at("examples", "stream", "value").json().asText();

        for (String lines : stream.split("\n\n", -1)) {
            Map<String, String> event = new TreeMap<>();
            lines.lines().map(line -> line.split(": ", 2)).forEach(line -> event.put(line[0], line[1]));
            OpenApiNode data = schema.at("oneOf").elements().stream()
                    .map(kind -> kind.at("properties"))
                    .filter(kind -> kind.at("event", "const").json().asText().equals(event.get("event")))
                    .findFirst()
                    .orElseThrow()
                    .at("data", "contentSchema");
            JsonNode entry = new ObjectMapper().readTree(event.get("data"));

            assertEquals(List.of(), schema.violations(new ObjectMapper().valueToTree(event)));
            assertEquals(List.of(), data.violations(entry));
        }
    }
}
