package seenby.connection;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.io.Connection;
import seenby.platform.Condition;
import seenby.platform.Networks;

/** Limits how many connections an address has open at once. One more is closed before it is read. */
public final class ConnectionLimit implements Connection.Listener {
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final int most;
    private final Networks exempt;
    private final Map<Connection, InetAddress> addresses = new ConcurrentHashMap<>();
    private final Map<InetAddress, Integer> open = new ConcurrentHashMap<>();
    private final LongAdder refusals = new LongAdder();
    private final Condition limit = new Condition(
            "Connections are closed because of http.connections_per_address",
            "No connection is closed any more",
            QUIET);

    /** @param exempt may have any number, such as proxies, because many clients share their address */
    public ConnectionLimit(int most, Networks exempt) {
        this.most = most;
        this.exempt = exempt;
    }

    @Override
    public void onOpened(Connection connection) {
        address(connection).ifPresent(address -> {
            addresses.put(connection, address);
            if (open.merge(address, 1, Integer::sum) > most) {
                refuse(connection, address);
            } else {
                limit.hold();
            }
        });
    }

    private void refuse(Connection connection, InetAddress address) {
        refusals.increment();
        limit.fail("more than %d from %s.".formatted(most, address.getHostAddress()));
        connection.close();
    }

    @Override
    public void onClosed(Connection connection) {
        Optional.ofNullable(addresses.remove(connection))
                .ifPresent(address -> open.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1));
    }

    private Optional<InetAddress> address(Connection connection) {
        return connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress remote
                ? Optional.of(remote.getAddress()).filter(this::isLimited)
                : Optional.empty();
    }

    private boolean isLimited(InetAddress address) {
        return Networks.address(address.getHostAddress())
                .filter(exempt::contains)
                .isEmpty();
    }

    /** How many connections were closed. */
    public long refusals() {
        return refusals.sum();
    }
}
