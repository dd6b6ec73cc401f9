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
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.refusal.Refused;
import seenby.refusal.Unavailable;

/** Answers every failure with a {@link Problem}, whether we, Javalin or Jetty refuse the request. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /** Decides the status and the body of every failure of this server. */
    public static void install(JavalinConfig config) {
        install(config, (refused, ctx) -> refused);
    }

    /**
     * Does the same.
     *
     * @param exact says a refusal more exactly, where the caller may know more
     */
    public static void install(JavalinConfig config, BiFunction<Refused, Context, Refused> exact) {
        config.http.prefer405over404 = true;
        config.routes.exception(Refused.class, (refused, ctx) -> refused(exact.apply(refused, ctx), ctx));
        config.routes.exception(Unavailable.class, Problems::unavailable);
        config.routes.exception(MethodNotAllowedResponse.class, Problems::methodNotAllowed);
        config.routes.exception(
                HttpResponseException.class,
                (e, ctx) -> Problem.of(e.getStatus()).answer(ctx));
        config.routes.exception(Exception.class, Problems::unexpected);
        // Javalin sets this status itself, without a body, when a client stops in the middle of its body
        config.routes.error(
                HttpStatus.REQUEST_TIMEOUT_408,
                ctx -> Problem.of(ProblemType.TIMEOUT).answer(ctx));
        config.router.javaLangErrorHandler(Problems::error);
        // Javalin's default accepts ambiguous paths, and leaves the meaning of "..%2fx" to each handler
        config.jetty.modifyHttpConfiguration(http -> http.setUriCompliance(UriCompliance.RFC3986));
        config.jetty.modifyServer(server -> server.setErrorHandler(new JettyProblems()));
        config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(new JettyProblems()));
    }

    private static void refused(Refused refused, Context ctx) {
        LOG.debug("{} {} refused: {}", ctx.method(), ctx.path(), refused.refusal());
        Problem.of(refused).answer(ctx, refused.retryAfter());
    }

    private static void unavailable(Unavailable unavailable, Context ctx) {
        LOG.debug("{} {} unavailable", ctx.method(), ctx.path(), unavailable);
        Problem.of(unavailable).answer(ctx);
    }

    private static void methodNotAllowed(MethodNotAllowedResponse e, Context ctx) {
        // the list has one of two names, depending on what the client accepts
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
            Problem.of(http.getCode()).answer(ctx);
            return;
        }
        LOG.error(
                "{} {} failed, request {}", ctx.method(), ctx.path(), ctx.res().getHeader(Exchange.HEADER), e);
        if (!ctx.res().isCommitted()) {
            Problem.of(ProblemType.INTERNAL).answer(ctx);
        }
    }

    /** Answers the failure of a request that has not reached Javalin. */
    public static void answer(Throwable failure, Request request, Response response, Callback callback) {
        if (failure instanceof Refused refused) {
            LOG.debug("{} refused: {}", request, refused.refusal());
            Problem.of(refused).answer(response, callback, refused.retryAfter());
        } else if (failure instanceof Unavailable unavailable) {
            LOG.debug("{} unavailable", request, failure);
            Problem.of(unavailable).answer(response, callback, Optional.empty());
        } else if (failure instanceof HttpResponseException broken) {
            Problem.of(broken.getStatus()).answer(response, callback, Optional.empty());
        } else {
            LOG.error(
                    "{} {} failed, request {}",
                    request.getMethod(),
                    request.getHttpURI().getPath(),
                    response.getHeaders().get(Exchange.HEADER),
                    failure);
            Problem.of(ProblemType.INTERNAL).answer(response, callback, Optional.empty());
        }
    }

    private static void error(HttpServletResponse response, Error error) {
        LOG.error("Request {} failed with an error of the virtual machine", response.getHeader(Exchange.HEADER), error);
        Problem problem = Problem.of(ProblemType.INTERNAL);
        response.setStatus(problem.status());
        response.setContentType(Problem.CONTENT_TYPE);
        try {
            response.getOutputStream().write(problem.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
