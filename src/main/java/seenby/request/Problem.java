package seenby.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.javalin.http.Context;
import java.util.Optional;
import seenby.json.Json;
import seenby.refusal.Refused;

/** What a client is told when it gets no answer (RFC 9457): the status, a code to switch on, and words that say what to do. */
@JsonPropertyOrder({"type", "title", "status", "detail", "code", "field"})
public record Problem(int status, String code, String title, String detail, Optional<String> field) {
    public static final String CONTENT_TYPE = "application/problem+json";

    static final Problem INTERNAL = new Problem(
            500, "internal", "Internal Server Error", "The server failed at this; its log says why.", Optional.empty());
    static final Problem UNAVAILABLE = new Problem(
            503,
            "unavailable",
            "Service Unavailable",
            "The store is away for now; try again in a moment.",
            Optional.empty());
    static final Problem NO_PATH = new Problem(
            404, "not_found", "Not Found", "There is nothing at this path; look it up in the API.", Optional.empty());

    private static final int LONGEST_FIELD = 64;
    private static final int LONGEST_DETAIL = 1000;

    /** Details and fields may repeat what a client sent: they are cut, and what UTF-8 or a terminal can't take is replaced. */
    public Problem {
        detail = printable(cut(detail, LONGEST_DETAIL));
        field = field.map(name -> printable(cut(name, LONGEST_FIELD)));
    }

    /** The problem that the refusal is, in the words that it was given or else in those of its row. */
    public static Problem of(Refused refused) {
        RefusalRow row = RefusalRow.of(refused.refusal());
        String detail = refused.detail().orElse(row.detail());
        return new Problem(
                row.kind().status(),
                row.kind().code(),
                row.kind().title(),
                detail,
                refused.field().or(row::field));
    }

    /** The path is known, the method is not. */
    static Problem methodNotAllowed(String allowed) {
        return new Problem(
                405, "method_not_allowed", "Method Not Allowed", "This path takes " + allowed + ".", Optional.empty());
    }

    /** What no page on the web describes: the code says it all. */
    @JsonProperty
    public String type() {
        return "about:blank";
    }

    /** As the bytes of a body. */
    public byte[] json() {
        return Json.write(this);
    }

    /** Answers with this problem, and with the headers that its status calls for. */
    public void answer(Context ctx) {
        ctx.status(status).contentType(CONTENT_TYPE);
        if (status == 401) {
            ctx.res().addHeader("WWW-Authenticate", "Bearer realm=\"seenby\"");
            ctx.res().addHeader("WWW-Authenticate", "Basic realm=\"seenby\", charset=\"UTF-8\"");
        }
        if ((status == 429 || status == 503) && !ctx.res().containsHeader("Retry-After")) {
            ctx.header("Retry-After", "1");
        }
        ctx.result(json());
    }

    // may cut a character in half; that half is replaced after
    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + '…';
    }

    private static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
