package seenby.admission;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;

class WrongTokensTest {
    private final ManualMeter clock = new ManualMeter();
    private final WrongTokens tokens = new WrongTokens(clock);

    private Refused refused(String address) {
        return assertThrows(Refused.class, () -> tokens.count(address));
    }

    private void exhaust(String address) {
        for (int i = 0; i < 200; i++) {
            tokens.count(address);
        }
    }

    @Test
    void oneAddressMaySendTwoHundredAndThenTenASecond() {
        exhaust("192.0.2.1");

        Refused refused = refused("192.0.2.1");

        assertEquals(Refusal.WRONG_TOKENS, refused.refusal());
        assertEquals(Optional.of(Duration.ofMillis(100)), refused.retryAfter());
        assertEquals(1, tokens.refusals());
        clock.pass(Duration.ofMillis(100));
        assertDoesNotThrow(() -> tokens.count("192.0.2.1"));
        refused("192.0.2.1");
    }

    @Test
    void anotherAddressHasASeparateLimit() {
        exhaust("192.0.2.1");

        assertDoesNotThrow(() -> tokens.count("192.0.2.2"));
    }

    @Test
    void aNetworkOfIpv6CountsAsOneAddress() {
        exhaust("2001:db8::1");

        refused("[2001:db8:0:0:ffff:ffff:ffff:ffff]");
        assertDoesNotThrow(() -> tokens.count("2001:db8:0:1::1"));
    }
}
