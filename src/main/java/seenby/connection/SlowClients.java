package seenby.connection;

import io.javalin.config.JavalinConfig;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;

/**
 * The clients that the server waits for, and the bytes that it holds for them. If these exceed the budget, the clients
 * that have sent or taken nothing for the longest time are disconnected.
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

    private SlowClient await(Request request, Duration patience, Consumer<SlowClient> late) {
        SlowClient client = new SlowClient(
                this, request.getConnectionMetaData().getConnection().getEndPoint());
        clients.add(client);
        client.endWith(request.getComponents()
                .getScheduler()
                .schedule(() -> client.ifWaiting(late), patience.toMillis(), TimeUnit.MILLISECONDS));
        return client;
    }

    void hold(long more) {
        if (held.addAndGet(more) > pace.budgetBytes()) {
            disconnectSlowest();
        }
    }

    void forget(SlowClient client) {
        clients.remove(client);
    }

    private void disconnectSlowest() {
        Optional<SlowClient> slowest = slowest();
        while (slowest.isPresent() && held.get() > pace.budgetBytes()) {
            slowest.get().disconnect();
            slowest = slowest();
        }
    }

    private Optional<SlowClient> slowest() {
        return clients.stream().min(Comparator.comparingLong(SlowClient::movedAt));
    }
}
