package seenby.request;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import seenby.user.UserId;

/** A request on its way, and what the log and the metrics tell of it at its end. Each part adds what it finds out. */
public final class Exchange extends Request.Wrapper {
    /** The header with the id of a request, in the request and in the answer. */
    public static final String HEADER = "X-Request-Id";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final String id;
    private volatile Route route = Route.NONE;
    private volatile Optional<UserId> user = Optional.empty();
    private volatile long waitedNanos;

    private Exchange(Request request, String id) {
        super(request);
        this.id = id;
    }

    /** Begins one. The answer carries its id. */
    public static Exchange begin(Request request, HttpFields.Mutable answer) {
        Exchange exchange = new Exchange(request, idOf(request));
        answer.put(HEADER, exchange.id);
        return exchange;
    }

    /** The client's own id, if it is no more than that. It only names its own request, so anybody may choose. */
    private static String idOf(Request request) {
        return Optional.ofNullable(request.getHeaders().get(HEADER))
                .filter(id -> ID.matcher(id).matches())
                .orElseGet(() -> Long.toHexString(ThreadLocalRandom.current().nextLong()));
    }

    /** That of a request; empty for one that is not HTTP. */
    public static Optional<Exchange> of(Request request) {
        return Optional.ofNullable(Request.as(request, Exchange.class));
    }

    /** That of a request that has reached Javalin. */
    public static Optional<Exchange> of(Context ctx) {
        return of(ServletContextRequest.getServletContextRequest(ctx.req()));
    }

    /** Gives an answer the id of its request, or one of its own. */
    static void identify(Request request, HttpFields.Mutable answer) {
        answer.put(HEADER, of(request).map(Exchange::id).orElseGet(() -> idOf(request)));
    }

    public String id() {
        return id;
    }

    public void reach(Route reached) {
        route = reached;
    }

    /** The route that it has reached. */
    public Route route() {
        return route;
    }

    public void by(UserId sender) {
        user = Optional.of(sender);
    }

    /** Whose token it has; empty if that was not looked at. */
    public Optional<UserId> user() {
        return user;
    }

    /** It has waited for news, or for readers, and nothing was done for it meanwhile. */
    public void waited(long nanos) {
        waitedNanos = nanos;
    }

    public long waitedNanos() {
        return waitedNanos;
    }

    /** How long it has taken since its head arrived, without its wait. */
    public long handledNanos() {
        return System.nanoTime() - getHeadersNanoTime() - waitedNanos;
    }
}
