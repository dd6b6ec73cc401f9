package seenby.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seenby.connection.ListenAddresses;
import seenby.support.RunningServer;

/** A server listens on all addresses that its configuration names, on the same port. */
class ListenAddressesTest {
    private static final List<String> BOTH = List.of("localhost", "127.0.0.2");

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer("http.host=" + String.join(",", BOTH), "http.trusted_proxies=127.0.0.0/8");

    static List<String> addresses() {
        return ListenAddresses.of(BOTH);
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void eachAddressAnswers(String address) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName(address), SERVER.port())) {
            socket.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();

            assertEquals("HTTP/1.1 200", new String(answer.readNBytes(12), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void localhostIsThatOfBothFamilies() throws IOException {
        List<String> listened = ListenAddresses.of(List.of("localhost", "127.0.0.1"));

        assertEquals("127.0.0.1", listened.get(0));
        assertEquals(hasIpv6() ? List.of("::1") : List.of(), listened.subList(1, listened.size()));
        assertEquals(List.of("0.0.0.0"), ListenAddresses.of(List.of("0.0.0.0")));
    }

    private static boolean hasIpv6() throws IOException {
        Path addresses = Path.of("/proc/net/if_inet6");
        return Files.exists(addresses) && Files.readString(addresses).contains("0".repeat(31) + "1 ");
    }
}
