package seenby.connection;

import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;

/** The addresses to listen on. The name localhost means that of IPv4 and, where this machine has it, that of IPv6. */
public final class ListenAddresses {
    private static final String LOCALHOST = "localhost";
    private static final String LOCALHOST_4 = "127.0.0.1";
    private static final String LOCALHOST_6 = "::1";

    private ListenAddresses() {}

    /** The addresses for what the configuration names, each once. */
    public static List<String> of(List<String> hosts) {
        return hosts.stream()
                .flatMap(host -> host.equals(LOCALHOST) ? loopback() : Stream.of(host))
                .distinct()
                .toList();
    }

    private static Stream<String> loopback() {
        return hasIpv6() ? Stream.of(LOCALHOST_4, LOCALHOST_6) : Stream.of(LOCALHOST_4);
    }

    private static boolean hasIpv6() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .anyMatch(address -> address.isLoopbackAddress() && address instanceof Inet6Address);
        } catch (SocketException e) {
            return false;
        }
    }
}
