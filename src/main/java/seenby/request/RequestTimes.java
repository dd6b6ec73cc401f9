package seenby.request;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/**
 * Measures how long requests took: the time in which something was done for them apart from that in which they waited
 * for news. A wait of minutes is what a poll is for, and would hide how fast it is answered.
 */
public final class RequestTimes implements RequestLog {
    private final Function<Ended, LongConsumer> handling;
    private final Function<Route, LongConsumer> waiting;
    private final Map<Ended, LongConsumer> handled = new ConcurrentHashMap<>();
    private final Map<Route, LongConsumer> waited = new ConcurrentHashMap<>();

    /** What a request has reached, and how it has ended. */
    public record Ended(Route route, int status) {}

    /**
     * Creates one. What takes the nanoseconds is asked for when the first such request ends.
     *
     * @param handling what takes the times in which something was done
     * @param waiting what takes the times in which requests waited
     */
    public RequestTimes(Function<Ended, LongConsumer> handling, Function<Route, LongConsumer> waiting) {
        this.handling = handling;
        this.waiting = waiting;
    }

    @Override
    public void log(Request request, Response response) {
        Exchange.of(request).ifPresent(exchange -> measure(exchange, response.getStatus()));
    }

    private void measure(Exchange exchange, int status) {
        handled.computeIfAbsent(new Ended(exchange.route(), status), handling).accept(exchange.handledNanos());
        if (exchange.waitedNanos() > 0) {
            waited.computeIfAbsent(exchange.route(), waiting).accept(exchange.waitedNanos());
        }
    }
}
