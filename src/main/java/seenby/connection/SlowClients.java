package seenby.connection;

import io.javalin.config.JavalinConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;

/**
 * The clients that the server waits for, and the bytes that it holds for them. If these exceed the budget, the clients
 * with the most bytes are disconnected; among equals, those that have sent or taken nothing for the longest time.
 */
public final class SlowClients {
    private final LeastPace pace;
    private final Set<SlowClient> clients = ConcurrentHashMap.newKeySet();
    private final AtomicLong held = new AtomicLong();

    public SlowClients(LeastPace pace) {
        this.pace = pace;
    }

    /**
     * Lets no thread of a server wait for a client. These handlers run before those that the server has.
     *
     * @param mostBodyBytes the longest body that a route takes
     */
    public void install(JavalinConfig config, int mostBodyBytes) {
        config.jetty.modifyServer(
                server -> server.insertHandler(new BodyCollector(this, mostBodyBytes, new AnswerSender(this))));
        config.jetty.modifyServletContextHandler(context -> context.insertHandler(new ServletAnswers()));
    }

    /** What makes the connections of a server, so that headers have a deadline. */
    public HttpConnectionFactory connections(HttpConfiguration http) {
        return new DeadlineConnectionFactory(http, pace.headers());
    }

    /** The bytes of bodies that are not complete and of answers that are not sent. */
    public long heldBytes() {
        return held.get();
    }

    /** Begins to wait for the whole body of a request. */
    SlowClient awaitBody(Request request, Runnable late) {
        return await(request, pace.body(), client -> late.run());
    }

    /** Begins to wait until so many bytes of an answer are taken. */
    SlowClient awaitAnswer(Request request, long unsent) {
        return await(request, pace.answer(unsent), SlowClient::disconnect);
    }

    /**
     * Begins to hold bytes for the client of a request.
     *
     * @param drop forgets them, unless the end of the connection does
     */
    SlowClient hold(Request request, Runnable drop) {
        SlowClient client = new SlowClient(
                this, request.getConnectionMetaData().getConnection().getEndPoint(), drop);
        clients.add(client);
        return client;
    }

    /** Begins to hold the answer of a servlet that sends it in pieces. The end of its connection ends the answer. */
    public SlowClient holdAnswer(HttpServletRequest request) {
        return hold(ServletContextRequest.getServletContextRequest(request), () -> {});
    }

    private SlowClient await(Request request, Duration patience, Consumer<SlowClient> late) {
        SlowClient client = hold(request, () -> {});
        client.endWith(request.getComponents()
                .getScheduler()
                .schedule(() -> client.ifWaiting(late), patience.toMillis(), TimeUnit.MILLISECONDS));
        return client;
    }

    void hold(long more) {
        if (held.addAndGet(more) > pace.budgetBytes()) {
            disconnectLargest();
        }
    }

    void forget(SlowClient client) {
        clients.remove(client);
    }

    private void disconnectLargest() {
        Optional<SlowClient> largest = largest();
        while (largest.isPresent() && held.get() > pace.budgetBytes()) {
            largest.get().disconnect();
            largest = largest();
        }
    }

    private Optional<SlowClient> largest() {
        return clients.stream()
                .min(Comparator.comparingLong(SlowClient::held).reversed().thenComparingLong(SlowClient::movedAt));
    }
}
