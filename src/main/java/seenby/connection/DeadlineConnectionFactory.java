package seenby.connection;

import java.time.Duration;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;

/** Makes connections on which the headers of each request have a deadline. */
final class DeadlineConnectionFactory extends HttpConnectionFactory {
    private final Duration patience;

    /** @param http must leave the idle timeout to the connector: Jetty would set it back after each request */
    DeadlineConnectionFactory(HttpConfiguration http, Duration patience) {
        super(http);
        if (http.getIdleTimeout() >= 0) {
            throw new IllegalArgumentException("the idle timeout must be that of the connector");
        }
        this.patience = patience;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return configure(
                new DeadlineConnection(getHttpConfiguration(), connector, endPoint, patience), connector, endPoint);
    }
}
