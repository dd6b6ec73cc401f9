package seenby.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import seenby.docs.OpenApiNode;
import seenby.support.RefusalFixture;

/** JSON fields that are missing, or that their schemas do not accept. */
record FieldFaults(Draw draw) {
    /** The bodies are smaller than their calls accept, so only a text is ever too large. */
    private static final Integer[] STATUSES = {422, 413};

    List<BadRequest> of(Call call) {
        List<BadRequest> all = new ArrayList<>();
        OpenApiNode schema = call.operation().part().at("requestBody", "content", RefusalFixture.JSON, "schema");
        schema.at("properties").fields().forEach((name, field) -> {
            boolean required = call.fields().containsKey(name);
            all.add(refused(call.withField(name, new BadValues(draw).of(field)), name));
            if (required) {
                all.add(refused(call.withField(name, "null"), name));
                all.add(refused(call.without(name), name));
            }
        });
        return all;
    }

    /** A fault in an object of a list is named by its place. */
    private static BadRequest refused(Call call, String name) {
        Map<String, String> words = Map.of("text", "^text:|at most 16384 bytes");
        return BadRequest.of(call, words.getOrDefault(name, "^" + name + "(\\[\\d+]\\S*)?:"), STATUSES);
    }
}
