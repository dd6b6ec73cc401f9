package seenby.http;

import static jakarta.servlet.DispatcherType.REQUEST;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.server.LowResourceMonitor;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import seenby.admission.Admission;
import seenby.config.Config;
import seenby.connection.BlockingHandler;
import seenby.connection.ConnectionLimit;
import seenby.connection.LeastPace;
import seenby.connection.RequestThreads;
import seenby.connection.SlowClients;
import seenby.platform.HeapShare;
import seenby.request.Bounds;
import seenby.request.Methods;
import seenby.request.Problems;
import seenby.request.Routes;

/** The HTTP server: its routes, and the checks that every request passes. */
public final class HttpServer implements AutoCloseable {
    private static final int FEWEST_THREADS = 16;

    private static final int MOST_THREADS = 200;

    /** A request may need so much memory: for 1 MiB of messages as Redis, Java and JSON have them. */
    private static final long BYTES_PER_THREAD = 8 << 20;

    private static final Duration CHECK_EVERY = Duration.ofMillis(5);

    /**
     * When the server stops, requests in progress have this long; it is longer than a Redis command may take. Docker
     * kills after 10 s, and Redis ends after this.
     */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(4);

    private final SlowClients slowClients = new SlowClients(LeastPace.standard());
    private final GracefulHandler inProgress = new GracefulHandler();
    private final Config.HttpSettings settings;
    private final Connectors connectors;
    private final Admission admission;
    private final Javalin javalin;
    private volatile boolean closing;

    /** The handlers of the routes. */
    public record Handlers(
            UserHandler users,
            MeHandler me,
            GroupHandler groups,
            MessageHandler messages,
            ReceiptHandler receipts,
            UpdateHandler updates,
            ServiceHandler service,
            MetricsHandler metrics,
            DocsHandler docs,
            PageHandler page,
            GroupRefusals refusals) {}

    /**
     * Creates a server that does not listen yet.
     *
     * @param metricsPort a port of its own for the metrics; 0 takes a free one
     * @param logs are told of each request that has ended
     * @param handlers creates the handlers, given the threads that answer requests, of which a waiting poll holds none
     */
    public HttpServer(
            Config.HttpSettings settings,
            Optional<Integer> metricsPort,
            ConnectionLimit connectionLimit,
            Admission admission,
            List<RequestLog> logs,
            BiFunction<Executor, SlowClients, Handlers> handlers) {
        this.settings = settings;
        this.connectors = new Connectors(settings, metricsPort, connectionLimit, slowClients);
        QueuedThreadPool threads =
                new QueuedThreadPool(HeapShare.count(BYTES_PER_THREAD, FEWEST_THREADS, MOST_THREADS));
        threads.setName("http");
        this.admission = admission;
        this.javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.compressionStrategy = CompressionStrategy.NONE;
            config.jetty.threadPool = threads;
            connectors.install(config);
            config.jetty.modifyServletContextHandler(
                    context -> context.addFilter(methods(), "/*", EnumSet.of(REQUEST)));
            Handlers to = handlers.apply(threads, slowClients);
            handlers(config, to, logs, threads);
            Problems.install(config, to.refusals()::exact);
            routes(config, to);
        });
    }

    /**
     * What a request passes on its way: the count of requests, the end of the server, the wait for its body, the polls,
     * Javalin.
     */
    private void handlers(JavalinConfig config, Handlers to, List<RequestLog> logs, Executor threads) {
        RequestThreads waiting = new RequestThreads(threads);
        config.jetty.modifyServer(server ->
                server.setHandler(new PollHandler(admission, to.updates(), waiting, new BlockingHandler(waiting))));
        int mostBodyBytes = Math.max(Bounds.LARGE_BODY_BYTES, to.messages().mostBodyBytes());
        slowClients.install(config, mostBodyBytes);
        config.jetty.modifyServer(server -> {
            server.insertHandler(new HealthHandler());
            server.insertHandler(new MetricsPort());
            server.insertHandler(new ClosingHandler(() -> closing));
            if (!settings.cors().isEmpty()) {
                server.insertHandler(new CorsHandler(settings.cors()));
            }
            server.insertHandler(new SafeHeadersHandler());
            server.insertHandler(inProgress);
            // it would close idle connections whenever threads are short, and their clients would come back at once
            server.removeBean(server.getBean(LowResourceMonitor.class));
            server.setRequestLog(new RequestLog.Collection(logs.toArray(RequestLog[]::new)));
            server.setStopTimeout(STOP_TIMEOUT.toMillis());
        });
    }

    private static FilterHolder methods() {
        FilterHolder filter = new FilterHolder(new Methods());
        filter.setAsyncSupported(true);
        return filter;
    }

    /**
     * Each route: method, path, handler, and the query parameters that the handler takes. Routes under {@code /v1} need
     * a token.
     */
    private void routes(JavalinConfig config, Handlers to) {
        config.routes.before("/v1/*", admission::admit);
        Routes routes = new Routes(config.routes);
        userAndGroupRoutes(routes, to);
        messageRoutes(routes, to);
        openRoutes(routes, to);
    }

    private static void userAndGroupRoutes(Routes routes, Handlers to) {
        routes.post("/v1/users", to.users()::create);
        routes.post("/v1/users/batch", to.users()::createMany);
        routes.get("/v1/users", to.users()::list);
        routes.get("/v1/users/{uid}", to.users()::show);
        routes.patch("/v1/users/{uid}", to.users()::change);
        routes.delete("/v1/users/{uid}", to.users()::delete);
        routes.post("/v1/users/{uid}/token", to.users()::replaceToken);
        routes.get("/v1/me", to.me()::show);
        routes.patch("/v1/me", to.me()::change);

        routes.post("/v1/groups", to.groups()::create);
        routes.get("/v1/groups", to.groups()::list, "all");
        routes.get("/v1/groups/{gid}", to.groups()::show);
        routes.patch("/v1/groups/{gid}", to.groups()::change);
        routes.delete("/v1/groups/{gid}", to.groups()::delete, "archive");
        routes.get("/v1/groups/{gid}/members", to.groups()::members);
        routes.post("/v1/groups/{gid}/members", to.groups()::addMembers);
        routes.put("/v1/groups/{gid}/members/{uid}", to.groups()::addMember);
        routes.delete("/v1/groups/{gid}/members/{uid}", to.groups()::removeMember);
    }

    private static void messageRoutes(Routes routes, Handlers to) {
        routes.post("/v1/groups/{gid}/messages", to.messages()::send);
        routes.get("/v1/groups/{gid}/messages", to.messages()::list, "after", "before", "limit");
        routes.get("/v1/groups/{gid}/messages/{id}", to.messages()::show);

        routes.post("/v1/groups/{gid}/ack", to.receipts()::ack, "upto");
        routes.post("/v1/groups/{gid}/messages/{id}/ack", to.receipts()::ackOne);
        routes.get("/v1/groups/{gid}/messages/{id}/receipts", to.receipts()::show, "list", "wait");
        routes.post("/v1/groups/{gid}/messages/{id}/nudge", to.receipts()::nudge);
        routes.get("/v1/groups/{gid}/receipts", to.receipts()::list, "from", "to");

        routes.get("/v1/updates", to.updates()::pollOrStream, "since", "timeout", "limit");
        routes.post("/v1/updates", to.updates()::ackAndPoll);
    }

    /** Routes without the check of {@code /v1}: no token is needed, or the handler looks at it. */
    private static void openRoutes(Routes routes, Handlers to) {
        routes.get("/healthz", to.service()::healthy);
        routes.get("/readyz", to.service()::ready);
        routes.get("/metrics", to.metrics()::show);

        routes.get("/openapi.yaml", to.docs()::description);
        routes.get("/docs", to.docs()::page);
        routes.get("/docs/{file}", to.docs()::part);
        routes.get("/", to.page()::index);
        routes.get("/web/{file}", to.page()::file);
        routes.get("/web/{folder}/{file}", to.page()::fileInFolder);
    }

    /** Starts to listen. If that fails, the exception's message says why in one line. */
    public void start() {
        try {
            javalin.start();
        } catch (JavalinBindException e) {
            throw new IllegalStateException(
                    "http.host %s with http.port %d can't be listened on: %s"
                            .formatted(String.join(",", settings.hosts()), settings.port(), root(e)),
                    e);
        }
    }

    static Throwable root(Throwable e) {
        Throwable cause = e.getCause();
        return cause == null ? e : root(cause);
    }

    public int port() {
        return javalin.port();
    }

    /** The port of the metrics, if they have one of their own. */
    public Optional<Integer> metricsPort() {
        return connectors.metricsPort();
    }

    /** How many requests are in progress, including open polls and streams. */
    public long requests() {
        return inProgress.getCurrentRequestCount();
    }

    /** Refuses new requests. Those in progress go on. */
    public void drain() {
        closing = true;
    }

    /** Waits for the requests in progress. Jetty alone would close their connections as soon as they count as idle. */
    @Override
    public void close() {
        long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        while (requests() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(CHECK_EVERY.toNanos());
        }
        javalin.stop();
    }
}
