package seenby.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import seenby.docs.OpenApiNode;

/** Request lines and headers that are not HTTP or too large, and headers of the API that are out of bounds. */
record HeaderFaults(Draw draw) {
    private static final String HTTP = "HTTP";

    /** What makes a call read a header: the type of a text, or of a stream. */
    private static final Map<String, String> READ_WITH =
            Map.of("Idempotency-Key", "Content-Type: text/plain", "Last-Event-ID", "Accept: text/event-stream");

    private static final Map<String, String> NAMED = Map.of("Idempotency-Key", "client_id", "Last-Event-ID", "since");

    List<BadRequest> of(Call call) {
        List<BadRequest> all = new ArrayList<>(lines(call));
        all.addAll(headers(call));
        all.addAll(framing(call));
        if (call.operation().needsToken()) {
            all.add(token(call));
        }
        for (OpenApiNode parameter : call.operation().parameters()) {
            if (parameter.at("in").json().asText().equals("header")) {
                all.add(value(call, parameter.at("name").json().asText()));
            }
        }
        return all;
    }

    private List<BadRequest> lines(Call call) {
        return List.of(
                line(call, call.method() + " " + call.path() + " HTTP/" + draw.one("0.9", "9.9", "1", "x", "1.1.1")),
                line(call, call.method() + draw.one("", " x ", "\u0000 ") + call.path() + " HTTP/1.1"),
                method(call));
    }

    private List<BadRequest> headers(Call call) {
        return List.of(
                tooLarge(call),
                header(call, draw.one("no colon", ": x", "a b: c", "x\u0000: y", "\u00e9: 1")),
                header(call, "X: a" + draw.one("\u0000", "\u0001", "\u007f\u0000") + "b"),
                BadRequest.of(call.withoutHeader("Host"), HTTP, 400),
                host(call));
    }

    /** Headers that do not say where the body ends. */
    private List<BadRequest> framing(Call call) {
        return List.of(
                header(call, "Content-Length: " + draw.one("x", "-1", "1.5", "9".repeat(30))),
                header(call, "Transfer-Encoding: " + draw.one("x", "gzip", "chunked, x", "gzip, chunked")));
    }

    private static BadRequest header(Call call, String header) {
        return BadRequest.of(call.withHeaders(header), "", HTTP, 400);
    }

    private static BadRequest line(Call call, String line) {
        return BadRequest.ofLine(line, call, "", HTTP, 400);
    }

    private BadRequest method(Call call) {
        String method = draw.one("PROPFIND", "get", "TRACE", "CONNECT", "FOO", "OPTIONS", "Post", "X".repeat(300));
        return BadRequest.ofLine(method + " " + call.path() + " HTTP/1.1", call, "", "method|HTTP", 400, 405);
    }

    private BadRequest tooLarge(Call call) {
        String one = "X: " + "a".repeat(draw.one(8200, 9000, 20_000));
        String many = "X: a\r\n".repeat(2000) + "X: a";
        return BadRequest.of(call.withHeaders(draw.one(one, many)), "headers", 431);
    }

    private BadRequest host(Call call) {
        String bad = draw.one(
                "",
                " ",
                ":",
                "a b",
                "a:x",
                "a:99999",
                "[::1",
                "[::1]x",
                "a/b",
                "a@b",
                "\u00ff",
                "a\u001b[31m",
                "a\r\nHost: b");
        return BadRequest.of(call.withoutHeader("Host").withHeaders("Host: " + bad), HTTP, 400);
    }

    private BadRequest token(Call call) {
        String token = draw.one("", "Bearer", "Bearer ", "Basic ", "Digest ")
                + draw.one("x", "\u00ff", "%00", "a b", "=".repeat(10), "a".repeat(5000));
        Call other = call.withoutHeader("Authorization").withHeaders("Authorization: " + token);
        return BadRequest.of(other, "[Tt]oken", 401, 429);
    }

    private BadRequest value(Call call, String name) {
        String bad = draw.one("\u00e9", "\u00c3\u00a9", "a\tb", "*".repeat(200) + "\u00ff");
        Call with = call.withHeaders(READ_WITH.getOrDefault(name, "X: y"), name + ": " + bad);
        String body = call.operation().readsBody() ? "a text" : "";
        return BadRequest.of(with, body, "^" + NAMED.getOrDefault(name, name) + ":", 422);
    }
}
