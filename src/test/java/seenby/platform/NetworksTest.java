package seenby.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
    private static boolean contains(String list, String address) {
        return Networks.of(list)
                .orElseThrow()
                .contains(Networks.address(address).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/8              | 10.255.0.1",
                "10.1.2.3/8              | 10.9.9.9",
                "192.0.2.1, 192.0.2.7    | 192.0.2.7",
                "2001:db8::/32           | 2001:db8:1::5",
                "::1                     | 0:0:0:0:0:0:0:1",
                "::1                     | [::1]",
                "fe80::/10               | fe80::1%eth0",
                "10.0.0.0/8              | ::ffff:10.1.2.3",
                "::ffff:10.0.0.1         | 10.0.0.1",
            })
    void addressIsInOneOfTheNetworks(String list, String address) {
        assertTrue(contains(list, address));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8, 11.0.0.1", "192.0.2.1, 192.0.2.2", "::1, ::2", "'', 127.0.0.1", "0.0.0.0/0, ::1"})
    void addressIsInNone(String list, String address) {
        assertFalse(contains(list, address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.1,", "10.0.0.0/33", "999.1.1.1", "10.1", "*", "10.0.0.*", "1-2.0.0.1"})
    void noList(String text) {
        assertEquals(Optional.empty(), Networks.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "_hidden", "10.0.0.0/8", "10.0.0.1\r\nx", "10.1", "a.example"})
    void noAddress(String text) {
        assertEquals(Optional.empty(), Networks.address(text));
    }

    @Test
    void loopbackJoinsAnyNetworks() {
        Networks networks = Networks.of("").orElseThrow().andLoopback();

        assertTrue(networks.contains(Networks.address("127.1.2.3").orElseThrow()));
        assertTrue(networks.contains(Networks.address("::1").orElseThrow()));
        assertFalse(networks.contains(Networks.address("10.0.0.1").orElseThrow()));
    }
}
