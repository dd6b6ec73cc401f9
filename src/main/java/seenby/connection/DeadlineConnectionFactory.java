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

    DeadlineConnectionFactory(HttpConfiguration http, Duration patience) {
        super(http);
        this.patience = patience;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return configure(
                new DeadlineConnection(getHttpConfiguration(), connector, endPoint, patience), connector, endPoint);
    }
}
