package seenby.request;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.refusal.Refused;
import seenby.refusal.Unavailable;

/** Makes a {@link Problem} of everything that fails: what we refuse, what Javalin refuses, and what Jetty refuses before it. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /** Installs the problems; the last word on status and body of every failure. */
    public static void install(JavalinConfig config) {
        config.http.prefer405over404 = true;
        config.routes.exception(Refused.class, Problems::refused);
        config.routes.exception(Unavailable.class, Problems::unavailable);
        config.routes.exception(MethodNotAllowedResponse.class, Problems::methodNotAllowed);
        config.routes.exception(
                HttpResponseException.class, (e, ctx) -> of(e.getStatus()).answer(ctx));
        config.routes.exception(Exception.class, Problems::unexpected);
        // Javalin sets this status itself, without a body, when a client stops in the middle of its body
        config.routes.error(
                HttpStatus.REQUEST_TIMEOUT_408,
                ctx -> of(HttpStatus.REQUEST_TIMEOUT_408).answer(ctx));
        config.router.javaLangErrorHandler(Problems::error);
        // Javalin's default lets ambiguous paths pass, and leaves it to each handler what "..%2fx" may mean
        config.jetty.modifyHttpConfiguration(http -> http.setUriCompliance(UriCompliance.RFC3986));
        config.jetty.modifyServer(server -> server.setErrorHandler(new JettyProblems()));
        config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(new JettyProblems()));
    }

    /** The problem for a status that Javalin or Jetty chose. */
    public static Problem of(int status) {
        return switch (status) {
            case 401 ->
                plain(
                        401,
                        "unauthorized",
                        RefusalRow.of(seenby.refusal.Refusal.UNAUTHORIZED).detail());
            case 403 -> plain(403, "forbidden", "You may not do this.");
            case 404 -> Problem.NO_PATH;
            case 405 -> plain(405, "method_not_allowed", "This path does not take this method.");
            case 408 -> plain(408, "timeout", "The request did not come to its end in time; send it again.");
            case 413 -> plain(413, "too_large", "The request is too large; send less at once.");
            case 414 -> plain(414, "too_large", "The URI is too long; send long values in a JSON body.");
            case 415 -> plain(415, "unsupported_media_type", "This content type is not taken here.");
            case 431 -> plain(431, "too_large", "The request's headers are too large; send fewer or shorter ones.");
            case 503 -> Problem.UNAVAILABLE;
            default -> status >= 500 ? Problem.INTERNAL : malformed(status);
        };
    }

    private static Problem malformed(int status) {
        return plain(
                status, "malformed", "The request is not well-formed HTTP; check its path, its query and its headers.");
    }

    private static Problem plain(int status, String code, String detail) {
        return new Problem(status, code, HttpStatus.getMessage(status), detail, Optional.empty());
    }

    private static void refused(Refused refused, Context ctx) {
        LOG.debug("{} {} refused: {}", ctx.method(), ctx.path(), refused.refusal());
        refused.retryAfter().ifPresent(wait -> ctx.header("Retry-After", RateLimit.seconds(wait)));
        Problem.of(refused).answer(ctx);
    }

    private static void unavailable(Unavailable unavailable, Context ctx) {
        LOG.debug("{} {} unavailable", ctx.method(), ctx.path(), unavailable);
        Problem.UNAVAILABLE.answer(ctx);
    }

    private static void methodNotAllowed(MethodNotAllowedResponse e, Context ctx) {
        // under one of two names, by what the client accepts; the value is the same list
        String methods = String.join(", ", e.getDetails().values());
        TreeSet<String> allowed = new TreeSet<>(Stream.of(methods.split(", ")).toList());
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        String list = String.join(", ", allowed);
        ctx.header("Allow", list);
        Problem.methodNotAllowed(list).answer(ctx);
    }

    private static void unexpected(Exception e, Context ctx) {
        if (e instanceof HttpException http && http.getCode() < 500) {
            of(http.getCode()).answer(ctx);
            return;
        }
        LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
        if (!ctx.res().isCommitted()) {
            Problem.INTERNAL.answer(ctx);
        }
    }

    private static void error(HttpServletResponse response, Error error) {
        LOG.error("A request ended in an error of the virtual machine", error);
        response.setStatus(Problem.INTERNAL.status());
        response.setContentType(Problem.CONTENT_TYPE);
        try {
            response.getOutputStream().write(Problem.INTERNAL.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
