package seenby.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import seenby.json.Json;
import seenby.refusal.Refused;
import seenby.refusal.Unavailable;

/** What a client is told in place of an answer (RFC 9457): the status, a code to switch on, and what to do. */
@JsonPropertyOrder({"type", "title", "status", "detail", "code", "reason", "field", "limit"})
public record Problem(
        int status,
        String code,
        String reason,
        String title,
        String detail,
        Optional<String> field,
        Optional<Long> limit) {
    public static final String CONTENT_TYPE = "application/problem+json";

    /** A client may come again after this time, if nobody knows better. */
    private static final Duration AT_LEAST = Duration.ofSeconds(1);

    private static final int LONGEST_FIELD = 64;
    private static final int LONGEST_DETAIL = 1000;

    /** Details and fields may repeat what a client sent: they are cut, and control characters are replaced. */
    public Problem {
        detail = printable(cut(detail, LONGEST_DETAIL));
        field = field.map(name -> printable(cut(name, LONGEST_FIELD)));
    }

    static Problem of(ProblemType type) {
        return of(type, type.detail(), type.field(), Optional.empty());
    }

    private static Problem of(ProblemType type, String detail, Optional<String> field, Optional<Long> limit) {
        return new Problem(type.status(), type.code(), type.reason(), type.title(), detail, field, limit);
    }

    /** The problem for a refusal. A detail or field of the refusal replaces the default. */
    public static Problem of(Refused refused) {
        ProblemType type = ProblemType.of(refused.refusal());
        return of(type, refused.detail().orElse(type.detail()), refused.field().or(type::field), refused.limit());
    }

    static Problem of(Unavailable unavailable) {
        return of(ProblemType.of(unavailable.outage()));
    }

    /** The problem for the operator, who may know the reason, unless it is one that names other machines. */
    public static Problem ofReadiness(Unavailable unavailable) {
        ProblemType type = ProblemType.of(unavailable.outage());
        String detail = unavailable.outage() == Unavailable.Outage.AWAY
                ? "Redis does not answer, or does not accept this server. The server's log says why."
                : String.valueOf(unavailable.getMessage());
        return of(type, detail, type.field(), Optional.empty());
    }

    /** The problem for a status that Javalin or Jetty chose; one that is not in the catalogue stays as it is. */
    public static Problem of(int status) {
        Problem known = of(ProblemType.of(status));
        return status >= 500 || status == known.status()
                ? known
                : new Problem(
                        status,
                        known.code(),
                        known.reason(),
                        HttpStatus.getMessage(status),
                        known.detail(),
                        known.field(),
                        known.limit());
    }

    /** The path exists, but not with this method. */
    static Problem methodNotAllowed(String allowed) {
        return of(
                ProblemType.METHOD_NOT_ALLOWED,
                "This path does not support this method. Use one of: " + allowed + ".",
                Optional.empty(),
                Optional.empty());
    }

    /** A client that joins a base that ends in a slash with a path that begins with one asks for such a path. */
    static Problem emptySegment(String path) {
        return of(
                ProblemType.NO_PATH,
                "There is nothing at " + Quoted.of(path) + ": the path has an empty segment, '//'. Ask for "
                        + Quoted.of(path.replaceAll("/{2,}", "/")) + ".",
                Optional.empty(),
                Optional.empty());
    }

    /** No page on the web describes our problems; the code tells them apart. */
    @JsonProperty
    public String type() {
        return "about:blank";
    }

    /** The problem as the bytes of a body. */
    public byte[] json() {
        return Json.write(this);
    }

    /** Answers with this problem and the headers that its status requires. */
    public void answer(Context ctx) {
        answer(ctx, Optional.empty());
    }

    void answer(Context ctx, Optional<Duration> retryAfter) {
        ctx.status(status).contentType(CONTENT_TYPE);
        addHeaders(RequestHead.of(ctx), retryAfter, ctx.res()::addHeader);
        ctx.result(json());
    }

    /** Answers a request that has not reached Javalin. */
    void answer(Response response, Callback callback, Optional<Duration> retryAfter) {
        response.setStatus(status);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, CONTENT_TYPE);
        addHeaders(RequestHead.of(response.getRequest()), retryAfter, headers::add);
        response.write(true, ByteBuffer.wrap(json()), callback);
    }

    /** A browser that is offered Basic asks its user for a token, keeps it, and sends it for any website. */
    private void addHeaders(RequestHead request, Optional<Duration> retryAfter, BiConsumer<String, String> add) {
        if (status == 401) {
            add.accept("WWW-Authenticate", "Bearer realm=\"seenby\"");
        }
        if (status == 401 && !request.isOfBrowser()) {
            add.accept("WWW-Authenticate", "Basic realm=\"seenby\", charset=\"UTF-8\"");
        }
        if (retryAfter.isPresent() || status == 429 || status == 503) {
            add.accept("Retry-After", seconds(retryAfter.orElse(AT_LEAST)));
        }
    }

    /** Seconds as a header has them, rounded up, so that a client that waits this long is not refused again. */
    public static String seconds(Duration wait) {
        return Long.toString(-Math.floorDiv(-wait.toNanos(), TimeUnit.SECONDS.toNanos(1)));
    }

    // may leave half of a surrogate pair, which printable() then replaces
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
