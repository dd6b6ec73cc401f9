package seenby.http;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import seenby.admission.Admission;
import seenby.admission.Authentication.Identity;
import seenby.connection.RequestThreads;
import seenby.platform.Failures;
import seenby.request.Exchange;
import seenby.request.Problems;
import seenby.request.Query;
import seenby.request.RequestHead;
import seenby.request.Route;

/**
 * Takes long polls, with or without acks, before they reach Javalin: a poll that opens is most of what a busy server
 * does, and a servlet costs more than the poll itself. It uses the same parts as the routes, and it writes without
 * blocking. A poll that waits for news needs no other thread than the one that has read the request, unless the store
 * must be asked. Everything else passes on to Javalin.
 */
final class PollHandler extends Handler.Wrapper {
    private static final String PATH = "/v1/updates";
    private static final Route PLAIN = new Route("GET", PATH);
    private static final Route WITH_ACKS = new Route("POST", PATH);

    /** As long as a position may be, and some acks. */
    private static final int SHORT_BODY_BYTES = 8 * 1024;

    private final Admission admission;
    private final UpdateHandler updates;
    private final RequestThreads threads;

    /**
     * @param threads may wait for the store
     * @param next takes all other requests
     */
    PollHandler(Admission admission, UpdateHandler updates, RequestThreads threads, Handler next) {
        super(next);
        this.admission = admission;
        this.updates = updates;
        this.threads = threads;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!isPoll(request)) {
            return super.handle(request, response, callback);
        }
        try {
            Exchange.of(request).ifPresent(exchange -> exchange.reach(hasAcks(request) ? WITH_ACKS : PLAIN));
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
        return HttpMethod.GET.is(request.getMethod())
                && !UpdateHandler.wantsStream(
                        Optional.ofNullable(request.getHeaders().get(HttpHeader.ACCEPT))
                                .orElse(""));
    }

    private static boolean hasAcks(Request request) {
        return HttpMethod.POST.is(request.getMethod());
    }

    private void open(Request request, Response response, Callback callback) {
        HttpFields.Mutable headers = response.getHeaders();
        var unused = poll(request, RequestHead.of(request), headers::put).whenComplete((answer, failure) -> {
            if (failure == null) {
                headers.put(HttpHeader.CONTENT_TYPE, "application/json");
                response.write(true, ByteBuffer.wrap(answer), callback);
            } else {
                Problems.answer(Failures.cause(failure), request, response, callback);
            }
        });
    }

    /** Takes the store for a token that is not remembered, and another thread for a body that takes long to parse. */
    private CompletableFuture<byte[]> poll(Request request, RequestHead head, BiConsumer<String, String> set) {
        Optional<Identity> remembered = isShort(request) ? admission.admitRemembered(head, set) : Optional.empty();
        return remembered
                .map(caller -> poll(request, caller, head.query(), threads.of(request)))
                .orElseGet(() -> CompletableFuture.completedFuture(head)
                        .thenComposeAsync(
                                sent -> poll(request, admission.admit(sent, set), sent.query(), Runnable::run),
                                threads.of(request)));
    }

    private static boolean isShort(Request request) {
        return !hasAcks(request) || (request.getLength() >= 0 && request.getLength() <= SHORT_BODY_BYTES);
    }

    private CompletableFuture<byte[]> poll(Request request, Identity caller, String query, Executor waiting) {
        Optional<Exchange> exchange = Exchange.of(request);
        exchange.ifPresent(known -> known.by(caller.caller().id()));
        if (hasAcks(request)) {
            var unused = Query.parse(query, List.of());
            return updates.ackAndPoll(caller, request, exchange, waiting);
        }
        return updates.poll(caller, Query.parse(query, UpdateHandler.PARAMETERS), exchange, waiting);
    }
}
