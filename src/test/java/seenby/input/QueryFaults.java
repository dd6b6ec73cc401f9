package seenby.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import seenby.docs.OpenApiNode;

/** Queries that are not percent-encoded, and parameters that are unknown, given twice or out of bounds. */
record QueryFaults(Draw draw) {
    private static final List<String> NOT_ENCODED =
            List.of("%", "%2", "%zz", "%ff", "%ed%a0%80", "%c0%80", "%f0%9f%99", "%u0041", "%-1");

    private static final List<String> NOT_NUMBERS = List.of(
            "x",
            "1x",
            "0x1",
            "%201",
            "1%20",
            "%2b1",
            "+1",
            "--1",
            "-",
            "1,0",
            "NaN",
            "Infinity",
            "null",
            "%00",
            "1%00",
            "%EF%BC%91",
            "%D9%A1",
            "1_000",
            "%5B%5D");

    List<BadRequest> of(Call call) {
        List<BadRequest> all = new ArrayList<>();
        List<OpenApiNode> declared = call.operation().parameters().stream()
                .filter(parameter -> parameter.at("in").json().asText().equals("query"))
                .toList();
        List<String> names = declared.stream().map(QueryFaults::name).toList();
        all.addAll(anyCall(call, draw.one(names.isEmpty() ? List.of("limit") : names)));
        declared.forEach(parameter -> all.add(value(call, name(parameter), parameter.at("schema"))));
        return all;
    }

    private static String name(OpenApiNode parameter) {
        return parameter.at("name").json().asText();
    }

    private List<BadRequest> anyCall(Call call, String known) {
        String unknown = draw.one(draw.name(), "Limit", "token", "id", "");
        String twice =
                known + "=" + draw.one("1", "", "true") + draw.one("&", "&&") + known + draw.one("", "=", "=1", "=2");
        String text = draw.text() + "\u00e9";
        return List.of(
                BadRequest.of(call.withQuery(unknown + draw.one("=", "=1", "=a=b&")), "'" + unknown + "'", 422),
                BadRequest.of(call.withQuery(encoded(text) + "=1"), "Unknown query parameter", 422),
                BadRequest.of(call.withQuery(twice), "'" + known + "'", 422),
                BadRequest.of(
                        call.withQuery(draw.one(known + "=", "") + draw.one(NOT_ENCODED)), "percent-encoded", 400),
                BadRequest.of(call.withQuery(known + "=" + "a".repeat(9000)), "URI|headers", 414, 431));
    }

    private BadRequest value(Call call, String name, OpenApiNode schema) {
        String type = schema.at("type").json().asText();
        if (!type.equals("integer")) {
            return BadRequest.of(call.withQuery(name + "=" + encoded(text(name, type))), "^" + name, 422);
        }
        return draw.oneIn(2)
                ? BadRequest.of(call.withQuery(name + "=" + draw.one(NOT_NUMBERS)), "'" + name + "'", 400)
                : BadRequest.of(call.withQuery(name + "=" + number(schema)), "^" + name, 422);
    }

    private String number(OpenApiNode schema) {
        return Stream.generate(() -> new BadValues(draw).of(schema))
                .filter(value -> value.matches("[-0-9.eE]+"))
                .findFirst()
                .orElseThrow();
    }

    /** No text that these end in is one of their values, or an update's position. */
    private String text(String name, String type) {
        return draw.one(name, type, "True", "1", " ") + draw.text() + draw.one("?", "*", ".");
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
