package seenby.http;

import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import seenby.config.Config;
import seenby.connection.ConnectionLimit;
import seenby.connection.ForwardedAddress;
import seenby.connection.ListenAddresses;
import seenby.connection.SamePortConnector;
import seenby.connection.SlowClients;
import seenby.request.Exchange;

/** The ports of a server, and how it treats their connections. */
final class Connectors {
    /** Longer than the longest poll, so that the next poll can use the same connection. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(75);

    /**
     * All clients come back at once after a restart. One that finds the queue full tries again after a second or more.
     */
    private static final int ACCEPT_QUEUE = 4096;

    /** When the server stops, an idle connection is closed after this time. */
    private static final Duration IDLE_TIMEOUT_AT_STOP = Duration.ofMillis(50);

    private final Config.HttpSettings settings;
    private final List<String> hosts;
    private final Optional<Integer> metricsPort;
    private final ConnectionLimit connectionLimit;
    private final SlowClients slowClients;
    private Optional<ServerConnector> metrics = Optional.empty();

    /** @param metricsPort a port of its own for the metrics */
    Connectors(
            Config.HttpSettings settings,
            Optional<Integer> metricsPort,
            ConnectionLimit connectionLimit,
            SlowClients slowClients) {
        this.settings = settings;
        this.hosts = ListenAddresses.of(settings.hosts());
        this.metricsPort = metricsPort;
        this.connectionLimit = connectionLimit;
        this.slowClients = slowClients;
    }

    void install(JavalinConfig config) {
        config.jetty.modifyHttpConfiguration(this::configure);
        hosts.forEach(host -> config.jetty.addConnector((server, http) -> main(server, http, host)));
        metricsPort.ifPresent(port -> config.jetty.addConnector((server, http) -> metrics(server, http, port)));
    }

    private void configure(HttpConfiguration http) {
        http.setSendServerVersion(false);
        // Jetty would keep a table of 100 KB for each connection, to parse the same headers faster
        http.setHeaderCacheSize(0);
        if (!settings.trustedProxies().blocks().isEmpty()) {
            http.addCustomizer(new ForwardedAddress(settings.trustedProxies()));
        }
        // the last, so that it has the address of the client
        http.addCustomizer(Exchange::begin);
    }

    private ServerConnector main(Server server, HttpConfiguration http, String host) {
        ServerConnector connector = new SamePortConnector(server, slowClients.connections(http));
        connect(connector, host, settings.port());
        if (settings.connectionsPerAddress() > 0) {
            connector.addBean(connectionLimit);
        }
        return connector;
    }

    /** Listens on the first address, and at once, so that a failure is known to be of this port. */
    private ServerConnector metrics(Server server, HttpConfiguration http, int port) {
        ServerConnector connector = new ServerConnector(server, slowClients.connections(http));
        connect(connector, hosts.get(0), port);
        connector.setName(MetricsPort.NAME);
        try {
            connector.open();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "http.host %s with metrics.port %d can't be listened on: %s"
                            .formatted(hosts.get(0), port, HttpServer.root(e)),
                    e);
        }
        metrics = Optional.of(connector);
        return connector;
    }

    private static void connect(ServerConnector connector, String host, int port) {
        connector.setHost(host);
        connector.setPort(port);
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        connector.setShutdownIdleTimeout(IDLE_TIMEOUT_AT_STOP.toMillis());
    }

    /** The port of the metrics, if they have one of their own. */
    Optional<Integer> metricsPort() {
        return metrics.map(ServerConnector::getLocalPort);
    }
}
