package seenby.http;

import static jakarta.servlet.DispatcherType.REQUEST;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import seenby.refusal.Unavailable;
import seenby.request.Authentication;
import seenby.request.Methods;
import seenby.request.Problems;
import seenby.request.RateLimit;
import seenby.user.Caller;
import seenby.user.Presence;

/** The HTTP side of the server: its routes, and what every request goes through. */
public final class HttpServer implements AutoCloseable {
    /** Longer than the longest poll, so that a quiet connection is kept for the next one. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(75);

    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    /** At the end, connections on which nothing is under way are not waited for longer than this. */
    private static final Duration IDLE_TIMEOUT_AT_END = Duration.ofMillis(50);

    /** What is under way at the end is answered within this time; longer than Redis may take for a command. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(7);

    private final GracefulHandler underWay = new GracefulHandler();
    private final String host;
    private final int port;
    private final Authentication authentication;
    private final RateLimit rateLimit;
    private final Presence presence;
    private final Javalin javalin;
    private volatile boolean closing;

    /** What answers the routes. */
    public record Handlers(
            UserHandler users,
            GroupHandler groups,
            MessageHandler messages,
            ReceiptHandler receipts,
            UpdateHandler updates,
            ServiceHandler service,
            DocsHandler docs,
            PageHandler page) {}

    /**
     * A server that does not listen yet.
     *
     * @param port 0 for a free one
     * @param handlers made with the threads that answer requests; polls that wait hold none of them
     */
    public HttpServer(
            String host,
            int port,
            Authentication authentication,
            RateLimit rateLimit,
            Presence presence,
            Function<Executor, Handlers> handlers) {
        this.host = host;
        this.port = port;
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("http");
        this.authentication = authentication;
        this.rateLimit = rateLimit;
        this.presence = presence;
        this.javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.compressionStrategy = CompressionStrategy.NONE;
            config.jetty.threadPool = threads;
            config.jetty.addConnector((server, http) -> connector(server, http, host, port));
            config.jetty.modifyServer(server -> {
                server.setHandler(underWay);
                server.setStopTimeout(ANSWERED_WITHIN.toMillis());
            });
            config.jetty.modifyServletContextHandler(
                    context -> context.addFilter(methods(), "/*", EnumSet.of(REQUEST)));
            Problems.install(config);
            routes(config, handlers.apply(threads));
        });
    }

    private static FilterHolder methods() {
        FilterHolder filter = new FilterHolder(new Methods());
        filter.setAsyncSupported(true);
        return filter;
    }

    private static Connector connector(Server server, HttpConfiguration http, String host, int port) {
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        connector.setShutdownIdleTimeout(IDLE_TIMEOUT_AT_END.toMillis());
        return connector;
    }

    private void routes(JavalinConfig config, Handlers to) {
        RoutesConfig routes = config.routes;
        routes.before(this::refuseWhileClosing);
        routes.before("/v1/*", this::admit);

        routes.post("/v1/users", to.users()::create);
        routes.get("/v1/users", to.users()::list);
        routes.delete("/v1/users/{uid}", to.users()::delete);
        routes.post("/v1/users/{uid}/token", to.users()::replaceToken);
        routes.get("/v1/me", to.users()::me);
        routes.patch("/v1/me", to.users()::changeMe);

        routes.post("/v1/groups", to.groups()::create);
        routes.get("/v1/groups", to.groups()::list);
        routes.get("/v1/groups/{gid}", to.groups()::show);
        routes.patch("/v1/groups/{gid}", to.groups()::change);
        routes.delete("/v1/groups/{gid}", to.groups()::delete);
        routes.get("/v1/groups/{gid}/members", to.groups()::members);
        routes.post("/v1/groups/{gid}/members", to.groups()::addMembers);
        routes.put("/v1/groups/{gid}/members/{uid}", to.groups()::addMember);
        routes.delete("/v1/groups/{gid}/members/{uid}", to.groups()::removeMember);

        routes.post("/v1/groups/{gid}/messages", to.messages()::send);
        routes.get("/v1/groups/{gid}/messages", to.messages()::list);
        routes.get("/v1/groups/{gid}/messages/{id}", to.messages()::show);

        routes.post("/v1/groups/{gid}/ack", to.receipts()::ack);
        routes.post("/v1/groups/{gid}/messages/{id}/ack", to.receipts()::ackOne);
        routes.get("/v1/groups/{gid}/messages/{id}/receipts", to.receipts()::show);
        routes.post("/v1/groups/{gid}/messages/{id}/nudge", to.receipts()::nudge);
        routes.get("/v1/groups/{gid}/receipts", to.receipts()::list);

        routes.get("/v1/updates", to.updates()::poll);
        routes.post("/v1/updates", to.updates()::ackAndPoll);

        routes.get("/healthz", to.service()::healthy);
        routes.get("/readyz", to.service()::ready);

        routes.get("/openapi.yaml", to.docs()::description);
        routes.get("/docs", to.docs()::page);
        routes.get("/docs/{file}", to.docs()::part);
        routes.get("/", to.page()::index);
        routes.get("/web/{file}", to.page()::file);
    }

    private void refuseWhileClosing(Context ctx) {
        if (closing) {
            throw new Unavailable("shutting down");
        }
    }

    private void admit(Context ctx) {
        Caller caller = authentication.authenticate(ctx);
        rateLimit.take(ctx, caller.id());
        presence.touch(caller.id());
    }

    /** Listens from now on, or says in one line why it can't. */
    public void start() {
        try {
            javalin.start();
        } catch (JavalinBindException e) {
            throw new IllegalStateException(
                    "http.host %s with http.port %d can't be listened on: %s".formatted(host, port, root(e)), e);
        }
    }

    private static Throwable root(Throwable e) {
        Throwable cause = e.getCause();
        return cause == null ? e : root(cause);
    }

    public int port() {
        return javalin.port();
    }

    /** How many requests are under way, open polls and streams among them. */
    public long requests() {
        return underWay.getCurrentRequestCount();
    }

    /** Refuses what comes from now on; what is under way goes on. */
    public void drain() {
        closing = true;
    }

    /** Waits for what is under way; Jetty by itself would close its connections as soon as they count as idle. */
    @Override
    public void close() {
        long deadline = System.nanoTime() + ANSWERED_WITHIN.toNanos();
        while (requests() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        javalin.stop();
    }
}
