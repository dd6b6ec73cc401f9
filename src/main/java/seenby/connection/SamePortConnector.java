package seenby.connection;

import java.io.IOException;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Listens on the port of the server's first connector, also where that one took any that was free. */
public final class SamePortConnector extends ServerConnector {
    public SamePortConnector(Server server, ConnectionFactory factory) {
        super(server, factory);
    }

    /** The server opens its connectors in their order. */
    @Override
    public void open() throws IOException {
        if (getServer().getConnectors()[0] instanceof NetworkConnector first && first != this) {
            setPort(first.getLocalPort());
        }
        super.open();
    }
}
