package seenby.docs;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seenby.support.ApiClient.Answer;
import seenby.support.EventSource;
import seenby.support.RunningServer;

/** Every example request in the API's description gets the example answer. */
class OpenApiExamplesTest {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("rate.requests_per_second=1000");

    /** The callers, by example or by operation; alice makes the other calls. */
    private static final Map<String, String> CALLERS = Map.ofEntries(
            Map.entry("createUser", "admin"),
            Map.entry("createUsers", "admin"),
            Map.entry("changeUser", "admin"),
            Map.entry("deleteUser", "admin"),
            Map.entry("replaceToken", "admin"),
            Map.entry("listGroups/all", "admin"),
            Map.entry("getMetrics", "admin"),
            Map.entry("getMe", "bob"),
            Map.entry("changeMe", "bob"),
            Map.entry("listMessages/unread", "bob"),
            Map.entry("ack", "bob"),
            Map.entry("ackMessage", "bob"),
            Map.entry("getUpdates/first", "bob"),
            Map.entry("ackAndGetUpdates", "bob"));

    static Stream<OpenApiExample> examples() {
        return OpenApiContract.API.operations().stream()
                .flatMap(operation -> operation.examples().stream())
                .filter(example -> !example.isStream());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleGetsTheAnswerInTheDescription(OpenApiExample example) {
        ExampleFixture fixture = new ExampleFixture(SERVER);
        String caller = CALLERS.getOrDefault(
                example.id(), CALLERS.getOrDefault(example.operation().id(), "alice"));

        Answer answer = example.send(
                example.operation().takesToken() ? fixture.named(caller) : SERVER.nobody(),
                text -> text.replace(shownNext(), fixture.next(caller)));

        OpenApiExample.Expected expected = example.expected();
        answer.expect(expected.status());
        OpenApiContract.assertHeaders(expected.response(), answer);
        if (expected.mediaType().isPresent()) {
            assertBody(example, expected, answer);
        } else {
            assertEquals("", answer.response().body());
        }
    }

    @Test
    void theStreamSendsTheEventsInTheDescription() throws Exception {
        ExampleFixture fixture = new ExampleFixture(SERVER);
        OpenApiExample example = OpenApiContract.API.operations().stream()
                .flatMap(operation -> operation.examples().stream())
                .filter(OpenApiExample::isStream)
                .findFirst()
                .orElseThrow();
        String shown = shown(example, example.expected()).asText();
        Map<String, String> last = Map.of("Last-Event-ID", fixture.next("alice"));

        try (EventSource stream = EventSource.open(SERVER.port(), fixture.named("alice"), "", last)) {
            for (String frame : shown.strip().split("\n\n", -1)) {
                List<String> lines = frame.lines().toList();
                EventSource.Event event = stream.next();
                assertEquals(lines.get(0), "event: " + event.name());
                JsonNode data = new ObjectMapper().readTree(lines.get(2).substring("data: ".length()));
                assertEquals(withoutChance(data), withoutChance(event.json()));
            }
        }
    }

    /** A position is valid for one user and one server, so the one in the description must be replaced. */
    private static String shownNext() {
        Operation poll = OpenApiContract.operation("getUpdates");
        return poll.parameters().get(0).examples().values().iterator().next().asText();
    }

    private static void assertBody(OpenApiExample example, OpenApiExample.Expected expected, Answer answer) {
        String type = expected.mediaType().orElseThrow();
        assertEquals(type, answer.header("Content-Type").split(";", 2)[0]);
        boolean json = type.equals("application/json");
        JsonNode body =
                json ? answer.json() : TextNode.valueOf(answer.response().body());
        assertEquals(List.of(), expected.content().at("schema").violations(body), body.toString());
        if (json) {
            assertEquals(withoutChance(shown(example, expected)), withoutChance(body));
        }
    }

    private static JsonNode shown(OpenApiExample example, OpenApiExample.Expected expected) {
        return Optional.ofNullable(expected.content().examples().get(example.name()))
                .orElseThrow(() -> new AssertionError("no answer is shown for " + example));
    }

    /** Times, tokens and positions differ each time. */
    private static JsonNode withoutChance(JsonNode body) {
        String fixed = body.toString()
                .replaceAll("\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z\"", "\"(time)\"")
                .replaceAll("\"(token|next)\":\"[^\"]+\"", "\"$1\":\"(text)\"");
        try {
            return new ObjectMapper().readTree(fixed);
        } catch (JsonProcessingException e) {
            throw new AssertionError(fixed, e);
        }
    }

    @Test
    void everyCallerSendsAnExample() {
        Set<String> known = examples()
                .flatMap(example -> Stream.of(example.id(), example.operation().id()))
                .collect(toSet());

        assertEquals(
                Set.of(),
                CALLERS.keySet().stream().filter(id -> !known.contains(id)).collect(toSet()));
    }
}
