package seenby.admission;

import inet.ipaddr.IPAddress;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.platform.Networks;
import seenby.refusal.Refusal;

/**
 * Limits how many wrong tokens an address may send: 200 at once, and then ten a second. The log names the address of
 * each up to that limit, for whoever wants to ban it. A right token is accepted from the same address at any time,
 * because many users may share an address.
 */
public final class WrongTokens {
    private static final Logger LOG = LoggerFactory.getLogger(WrongTokens.class);
    private static final int MOST = 200;
    private static final Duration REFILL = Duration.ofSeconds(20);

    /** The part of an IPv6 address that a network provider gives out; its user chooses the rest (RFC 6177). */
    private static final int NETWORK_BITS = 64;

    private final RateLimit<String> limit;

    public WrongTokens() {
        this(TimeMeter.SYSTEM_NANOTIME);
    }

    WrongTokens(TimeMeter clock) {
        limit = new RateLimit<>(Refusal.WRONG_TOKENS, MOST, REFILL, clock);
    }

    /** Counts a wrong token, or refuses it without a line in the log. */
    void count(String address) {
        Optional<IPAddress> parsed = Networks.address(address);
        limit.take(parsed.map(WrongTokens::network).orElse(address));
        LOG.info(
                "Wrong token from {}.", parsed.map(IPAddress::toCanonicalString).orElse(address));
    }

    private static String network(IPAddress address) {
        return (address.isIPv6() ? address.toPrefixBlock(NETWORK_BITS) : address).toCanonicalString();
    }

    /** How many were refused. */
    public long refusals() {
        return limit.refusals();
    }
}
