package seenby.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import seenby.request.Bounds;
import seenby.request.Problem;
import seenby.request.ProblemType;
import seenby.user.UserId;

/** The API's description has the codes and the bounds of the code. */
class OpenApiCodesTest {
    private static final OpenApiNode SCHEMAS = OpenApi.read().root().at("components", "schemas");

    @Test
    void theDescriptionListsEveryCodeOfAProblemAndNoOther() {
        Set<String> codes = new TreeSet<>();
        Arrays.stream(ProblemType.values()).forEach(type -> codes.add(type.code()));
        IntStream.range(400, 600).forEach(status -> codes.add(Problem.of(status).code()));

        Set<String> described = new TreeSet<>();
        SCHEMAS.at("Problem", "properties", "code", "enum").json().forEach(code -> described.add(code.asText()));

        assertEquals(codes, described);
    }

    @Test
    void theDescriptionListsEveryReasonOfAProblemAndNoOther() {
        Set<String> reasons = new TreeSet<>();
        Arrays.stream(ProblemType.values()).forEach(type -> reasons.add(type.reason()));

        Set<String> described = new TreeSet<>();
        SCHEMAS.at("Problem", "properties", "reason", "enum").json().forEach(reason -> described.add(reason.asText()));

        assertEquals(reasons, described);
    }

    @Test
    void theDescriptionHasTheBoundsOfTheCode() {
        assertEquals(
                "^" + UserId.PATTERN + "$", SCHEMAS.at("Id", "pattern").json().asText());
        assertEquals(
                Bounds.GREATEST_ID, SCHEMAS.at("MessageId", "maximum").json().asLong());
        assertEquals(
                Bounds.GREATEST_ID, SCHEMAS.at("Position", "maximum").json().asLong());
        assertEquals(Bounds.MOST_MESSAGES, SCHEMAS.at("Limit", "maximum").json().asLong());
        assertEquals(
                Bounds.DEFAULT_MESSAGES, SCHEMAS.at("Limit", "default").json().asLong());
    }
}
