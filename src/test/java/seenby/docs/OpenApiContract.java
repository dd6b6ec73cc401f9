package seenby.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import seenby.support.ApiClient.Answer;

/** Checks answers against the API's description. */
final class OpenApiContract {
    static final OpenApi API = OpenApi.read();

    private static final String PROBLEM = "application/problem+json";

    /** The headers that the problems of the response {@code default} have, by status. */
    private static final Map<Integer, Set<String>> HEADERS = Map.of(
            401,
            Set.of("WWW-Authenticate"),
            405,
            Set.of("Allow"),
            429,
            Set.of("Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"),
            503,
            Set.of("Retry-After"));

    private OpenApiContract() {}

    static Operation operation(String id) {
        return API.operations().stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no operation " + id));
    }

    /** The first example of a call. */
    static OpenApiExample example(Operation operation) {
        return operation.examples().get(0);
    }

    /** The statuses of the problems that the response {@code default} shows. */
    static Set<Integer> shared() {
        return shown(API.root().at("components", "responses", "Problem")).keySet();
    }

    private static Map<Integer, JsonNode> shown(OpenApiNode response) {
        Map<Integer, JsonNode> byStatus = new TreeMap<>();
        response.at("content", PROBLEM)
                .examples()
                .values()
                .forEach(example -> byStatus.put(example.get("status").asInt(), example));
        return byStatus;
    }

    /** The call describes this status, by itself or in {@code default}, and the answer is a problem as described. */
    static void assertProblem(Operation operation, int status, Answer answer) {
        answer.expect(status);
        OpenApiNode own = operation.part().at("responses", Integer.toString(status));
        OpenApiNode response = own.exists() ? own : operation.part().at("responses", "default");
        JsonNode example = shown(response).get(status);
        assertNotNull(example, operation + " does not describe " + answer);
        OpenApiNode content = response.at("content", PROBLEM);
        assertEquals(PROBLEM, answer.header("Content-Type"));
        assertEquals(List.of(), content.at("schema").violations(answer.json()), answer.toString());
        assertEquals(example.get("code"), answer.json().get("code"));
        assertEquals(example.get("title"), answer.json().get("title"));
        HEADERS.getOrDefault(status, Set.of())
                .forEach(name -> assertHeader(
                        name, API.root().at("components", "responses", "Problem", "headers", name), answer));
    }

    /** The answer has all headers that the response describes, each with a value of its schema. */
    static void assertHeaders(OpenApiNode response, Answer answer) {
        response.at("headers").fields().forEach((name, header) -> assertHeader(name, header, answer));
    }

    private static void assertHeader(String name, OpenApiNode header, Answer answer) {
        String value = answer.header(name);
        assertFalse(value.isEmpty(), name);
        OpenApiNode schema = header.at("schema");
        assertTrue(schema.exists(), name);
        JsonNode typed = schema.at("type").json().asText().equals("integer")
                ? new ObjectMapper().valueToTree(Long.parseLong(value))
                : TextNode.valueOf(value);
        assertEquals(List.of(), schema.violations(typed), name);
    }
}
