package seenby.connection;

import inet.ipaddr.IPAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import seenby.platform.Networks;

/**
 * Takes the address of a client from X-Forwarded-For, if a trusted proxy has sent it. A proxy adds the address that it
 * sees at the end, after what the client may have invented. So the client is the last that is no trusted proxy.
 */
public final class ForwardedAddress implements HttpConfiguration.Customizer {
    private final Networks trusted;

    public ForwardedAddress(Networks trusted) {
        this.trusted = trusted;
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable answer) {
        return Networks.address(Request.getRemoteAddr(request))
                .filter(trusted::contains)
                .map(proxy -> client(proxy, request.getHeaders().getCSV(HttpHeader.X_FORWARDED_FOR, false)))
                .<Request>map(client -> new Forwarded(request, client))
                .orElse(request);
    }

    private IPAddress client(IPAddress proxy, List<String> forwarded) {
        IPAddress client = proxy;
        for (int i = forwarded.size() - 1; i >= 0 && trusted.contains(client); i--) {
            Optional<IPAddress> before = Networks.address(forwarded.get(i));
            if (before.isEmpty()) {
                return client;
            }
            client = before.get();
        }
        return client;
    }

    /** A request from another address than its connection. */
    private static final class Forwarded extends Request.Wrapper {
        private final ConnectionMetaData connection;

        Forwarded(Request request, IPAddress client) {
            super(request);
            SocketAddress address = new InetSocketAddress(client.toInetAddress(), 0);
            connection = new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
                @Override
                public SocketAddress getRemoteSocketAddress() {
                    return address;
                }
            };
        }

        @Override
        public ConnectionMetaData getConnectionMetaData() {
            return connection;
        }
    }
}
