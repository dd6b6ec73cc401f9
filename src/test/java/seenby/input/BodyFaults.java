package seenby.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import seenby.support.RefusalFixture;

/** Bodies that are not JSON in UTF-8, that no field explains, or whose headers say something else. */
record BodyFaults(Draw draw) {
    private static final String TYPE = "Content-Type: ";

    private static final List<String> NOT_JSON = List.of(
            "nonsense",
            "{",
            "}",
            "{\"text\":",
            "{\"text\":\"a}",
            "{\"text\":\"a\",}",
            "{'text':'a'}",
            "{text:1}",
            "{\"text\":\"a\nb\"}",
            "{\"text\":\"\\x\"}",
            "{\"text\":\"\\u12\"}",
            "{\"text\":1}}",
            "{\"\\ud800\":1}",
            "{\"upto\":01}",
            "{\"upto\":+1}",
            "{\"upto\":NaN}",
            "{\"upto\":.5}",
            "{/**/}",
            "\u0000",
            "\u00c2\u00a0");

    private static final List<String> NOT_UTF8 = List.of(
            "\u00ff",
            "\u00e9",
            "\u00c0\u0080",
            "\u00ed\u00a0\u0080",
            "\u00f4\u0090\u0080\u0080",
            "\u00f0\u009f\u0099",
            "\u00fe\u00fe");

    private static final List<String> OTHER_TYPES =
            List.of("application/xml", "text/json", "application/x+json", "json", "/", "multipart/form-data");

    List<BadRequest> of(Call call) {
        List<BadRequest> all = new ArrayList<>();
        syntax(call, all);
        content(call, all);
        headers(call, all);
        all.add(chunks(call));
        if (readsText(call)) {
            all.add(body(call, TYPE + "text/plain", "a" + draw.one(NOT_UTF8), "UTF-8", 400));
            all.add(body(
                    call, TYPE + "text/plain", draw.one("a\u0000", "\u0000b", "\u00e2\u0080\u008b"), "^text:", 422));
        }
        return all;
    }

    private void syntax(Call call, List<BadRequest> all) {
        String json = call.json();
        all.add(json(call, draw.one(NOT_JSON), "JSON"));
        all.add(json(call, json.substring(0, draw.number(1, json.length() - 1)), "JSON"));
        all.add(json(call, json + draw.one("x", "{}", ",", "\u0000", "]", "}", "//", "\u00c2\u00a0", "1"), "JSON"));
        all.add(json(call, nested(), "nests deeper than 64"));
        all.add(json(call, "\u00ef\u00bb\u00bf" + json, "BOM"));
        all.add(json(call, "{\"x\":\"" + draw.one(NOT_UTF8) + "\"}", "UTF-8"));
        all.add(json(call, new String(json.getBytes(UTF_16), ISO_8859_1), "UTF-16"));
    }

    private String nested() {
        return draw.one(
                "[".repeat(10_000),
                draw.one("[", "{\"a\":", "{\"text\":[", "[{\"a\":").repeat(draw.number(65, 1000)));
    }

    private void content(Call call, List<BadRequest> all) {
        String key = draw.one("id", "text", "upto", draw.name());
        String twice = "{\"" + key + "\":1,\"" + key + "\":" + draw.one("1", "2", "null") + "}";
        all.add(json(call, twice, key + "' is given twice"));
        String name = draw.one(draw.name(), "", " id", "id.x", "Text", "名");
        String value = draw.one("1", "null", "{}", "\"a\"");
        all.add(BadRequest.of(call.withField(name, value), "Unknown field '" + name + "'", 422));
        String list = draw.one("[]", "[{}]", "[" + call.json() + "]", "\"text\"", "1", "true", "null", "-0", "1e400");
        all.add(body(call, TYPE + RefusalFixture.JSON, list, "must be a JSON object", 422));
    }

    private void headers(Call call, List<BadRequest> all) {
        all.add(type(call));
        all.add(charset(call));
        all.add(encoding(call));
    }

    private BadRequest type(Call call) {
        String type = draw.one(readsText(call) ? "text/html" : "text/plain", draw.one(OTHER_TYPES));
        return body(call, TYPE + type, call.json(), Pattern.quote(type), 415);
    }

    private static boolean readsText(Call call) {
        return call.operation().bodies().containsKey("text/plain");
    }

    private BadRequest charset(Call call) {
        String charset = draw.one("utf-16", "\"latin1\"", "nonsense", "!", "\"\"", "utf-7", "x".repeat(200));
        String shown = charset.replace("\"", "").replaceAll("(.{64}).*", "$1");
        String parameter = draw.one(";charset=", "; charset=", ";x=y; Charset = ");
        String type = TYPE + RefusalFixture.JSON + parameter + charset;
        return body(call, type, call.json(), "charset '" + Pattern.quote(shown), 415);
    }

    private BadRequest encoding(Call call) {
        String encoding = draw.one("gzip", "br", "deflate", "x-gzip", "zstd");
        return body(
                call.withHeaders("Content-Encoding: " + draw.one("", "identity, ") + encoding),
                TYPE + RefusalFixture.JSON,
                draw.one(call.json(), "\u001f\u008b\u0008"),
                "Content-Encoding '" + encoding,
                415);
    }

    /** What follows the last header is the body: it has chunks in place of a length. */
    private BadRequest chunks(Call call) {
        String chunks = draw.one("zz\r\n{}\r\n0", "2\r\n{}xx\r\n0", "-2\r\n{}\r\n0", "fffffffffffffff1\r\n{}");
        String headers = "Transfer-Encoding: chunked\r\nContent-Type: application/json";
        return BadRequest.of(call.withHeaders(headers + "\r\n\r\n" + chunks), "", "chunks|HTTP", 400);
    }

    private static BadRequest json(Call call, String body, String named) {
        return body(call, TYPE + RefusalFixture.JSON, body, named, 400);
    }

    private static BadRequest body(Call call, String type, String body, String named, int status) {
        return BadRequest.of(call.withHeaders(type), body, named, status);
    }
}
