package seenby.input;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import seenby.docs.OpenApiNode;

/** Ids in the path that nothing can have, and texts that are no part of a path. */
record PathFaults(Draw draw) {
    private static final String NAMED = "group|user|message";

    private static final List<String> NO_NUMBERS =
            List.of("0", "-1", "+1", "01", "1-0", "%D9%A1", "1%20", "%201", "0x1", "1".repeat(400));

    /** Well-formed paths, but no ids of theirs. */
    private static final List<String> NO_IDS = List.of(
            ".",
            "..",
            "nobody",
            "OPS",
            "o%20s",
            "%20ops",
            "ops%20",
            ".ops",
            "_ops",
            "-",
            "%E5%90%8D",
            "o%7Bps%7D",
            "*",
            "ops*",
            "ops:info",
            "ops%3Bx",
            "a".repeat(65),
            "a".repeat(3000));

    private static final List<String> NO_PATHS = List.of(
            "%2e%2e",
            "%2e",
            ".%2e",
            "..%2fops",
            "ops%2f",
            "%2fops",
            "ops%00",
            "%00",
            "o%5cps",
            "%ff",
            "%ed%a0%80",
            "ops%0a",
            "ops%09",
            "%0d%0aX:y",
            "%",
            "%z",
            "%zz",
            "ops%2",
            "o ps",
            "ops\u0000",
            "[ops]",
            "{ops}",
            "ops\u0007",
            "\u00ff");

    List<BadRequest> of(Call call) {
        List<BadRequest> all = new ArrayList<>();
        for (OpenApiNode parameter : call.operation().parameters()) {
            String name = parameter.at("name").json().asText();
            if (parameter.at("in").json().asText().equals("path")) {
                boolean number = parameter.at("schema", "type").json().asText().equals("integer");
                all.add(BadRequest.of(call.withId(name, draw.one(NO_PATHS)), "path", 400));
                all.add(BadRequest.of(call.withId(name, draw.one(NO_IDS)), NAMED, 404));
                all.add(BadRequest.of(
                        call.withId(name, number ? noNumber() : noId(parameter.at("schema"))),
                        NAMED + "|path",
                        400,
                        404));
            }
        }
        return all;
    }

    private String noNumber() {
        return draw.one(
                draw.one(NO_NUMBERS),
                draw.one(BadValues.NOT_WHOLE),
                draw.one(BadValues.HUGE),
                Integer.toString(draw.number(3, 1_000_000)),
                QueryFaults.encoded(draw.text() + "*"));
    }

    private String noId(OpenApiNode schema) {
        String text = draw.one("Ops", "_ops", "a".repeat(draw.number(65, 3000)), draw.text(), "ops" + draw.text());
        return schema.violations(TextNode.valueOf(text)).isEmpty()
                ? "nobody"
                : QueryFaults.encoded(text).replace("+", "%20");
    }
}
