package seenby.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import seenby.support.ApiClient.Answer;
import seenby.support.Example;
import seenby.support.OpenApi;
import seenby.support.OpenApiNode;
import seenby.support.Operation;

/** What answers are held to by the API's description. */
final class OpenApiContract {
    static final OpenApi API = OpenApi.read();

    private static final String PROBLEM = "application/problem+json";

    private OpenApiContract() {}

    static Operation operation(String id) {
        return API.operations().stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no operation " + id));
    }

    /** Its first example, as it is shown. */
    static Example example(Operation operation) {
        return operation.examples().get(0);
    }

    /** The call lists this status, and the answer is a problem such as stands there. */
    static void assertProblem(Operation operation, int status, Answer answer) {
        answer.expect(status);
        OpenApiNode response = operation.part().at("responses", Integer.toString(status));
        assertTrue(response.exists(), operation + " does not tell of " + answer);
        OpenApiNode content = response.at("content", PROBLEM);
        assertEquals(PROBLEM, answer.header("Content-Type"));
        assertEquals(List.of(), content.at("schema").violations(answer.json()), answer.toString());
        assertEquals(content.at("example", "code").json(), answer.json().get("code"));
        assertHeaders(response, answer);
    }

    /** All that the description names are there, each of its schema. */
    static void assertHeaders(OpenApiNode response, Answer answer) {
        response.at("headers").fields().forEach((name, header) -> {
            String value = answer.header(name);
            assertFalse(value.isEmpty(), name);
            OpenApiNode schema = header.at("schema");
            JsonNode typed = schema.at("type").json().asText().equals("integer")
                    ? new ObjectMapper().valueToTree(Long.parseLong(value))
                    : TextNode.valueOf(value);
            assertEquals(List.of(), schema.violations(typed), name);
        });
    }
}
