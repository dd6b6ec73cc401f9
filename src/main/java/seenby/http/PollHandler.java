package seenby.http;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import seenby.platform.Failures;
import seenby.request.Admission;
import seenby.request.Authentication.Identity;
import seenby.request.Problems;
import seenby.request.Query;

/**
 * Takes long polls, with or without acks, before they reach Javalin: a poll that opens is most of what a busy server
 * does, and a servlet costs more than the poll itself. It uses the same parts as the routes, and it writes without
 * blocking. Everything else passes on to Javalin.
 */
final class PollHandler extends Handler.Wrapper {
    private static final String PATH = "/v1/updates";

    private final Admission admission;
    private final UpdateHandler updates;

    PollHandler(Admission admission, UpdateHandler updates) {
        this.admission = admission;
        this.updates = updates;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!isPoll(request)) {
            return super.handle(request, response, callback);
        }
        try {
            open(request, response, callback);
        } catch (RuntimeException failure) {
            Problems.answer(failure, request, response, callback);
        }
        return true;
    }

    private static boolean isPoll(Request request) {
        return PATH.equals(request.getHttpURI().getPath()) && (isPlain(request) || hasAcks(request));
    }

    private static boolean isPlain(Request request) {
        return HttpMethod.GET.is(request.getMethod()) && !UpdateHandler.wantsStream(header(request, HttpHeader.ACCEPT));
    }

    private static boolean hasAcks(Request request) {
        return HttpMethod.POST.is(request.getMethod());
    }

    private static String header(Request request, HttpHeader name) {
        return Optional.ofNullable(request.getHeaders().get(name)).orElse("");
    }

    private void open(Request request, Response response, Callback callback) {
        String query = Optional.ofNullable(request.getHttpURI().getQuery()).orElse("");
        HttpFields.Mutable headers = response.getHeaders();
        Identity caller = admission.admit(header(request, HttpHeader.AUTHORIZATION), query, headers::put);
        var unused = poll(request, caller, query).whenComplete((answer, failure) -> {
            if (failure == null) {
                headers.put(HttpHeader.CONTENT_TYPE, "application/json");
                response.write(true, ByteBuffer.wrap(answer), callback);
            } else {
                Problems.answer(Failures.cause(failure), request, response, callback);
            }
        });
    }

    private CompletableFuture<byte[]> poll(Request request, Identity caller, String query) {
        if (hasAcks(request)) {
            var unused = Query.parse(query, List.of());
            return updates.ackAndPoll(caller, request);
        }
        return updates.poll(caller, Query.parse(query, UpdateHandler.PARAMETERS));
    }
}
