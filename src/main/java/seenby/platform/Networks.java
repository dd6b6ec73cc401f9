package seenby.platform;

import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** IP networks. An address is a network of one. Nothing here looks up a name. */
public record Networks(List<IPAddress> blocks) {
    private static final IPAddressStringParameters ONLY_DOTS_AND_COLONS = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowPrefixOnly(false)
            .allowMask(false)
            .allowWildcardedSeparator(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowBase85(false)
            .getParentBuilder()
            .toParams();
    private static final Networks LOOPBACK = of("127.0.0.0/8,::1").orElseThrow();

    /** The networks of a list such as {@code 10.0.0.0/8, 2001:db8::1}; empty if it is no such list. */
    public static Optional<Networks> of(String list) {
        List<Optional<IPAddress>> parsed = list.isBlank()
                ? List.of()
                : Arrays.stream(list.split(",", -1)).map(Networks::parse).toList();
        return parsed.stream().allMatch(Optional::isPresent)
                ? Optional.of(new Networks(parsed.stream()
                        .flatMap(Optional::stream)
                        .map(IPAddress::toPrefixBlock)
                        .toList()))
                : Optional.empty();
    }

    /** An address without its zone, in square brackets or not; empty if the text is none. */
    public static Optional<IPAddress> address(String text) {
        String inside = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        return parse(inside).filter(address -> !address.isPrefixed()).map(Networks::withoutZone);
    }

    private static Optional<IPAddress> parse(String text) {
        return Optional.ofNullable(new IPAddressString(text.strip(), ONLY_DOTS_AND_COLONS).getAddress())
                .map(address -> address.isIPv4Convertible() ? address.toIPv4() : address);
    }

    private static IPAddress withoutZone(IPAddress address) {
        return address.isIPv6() ? address.toIPv6().removeZone() : address;
    }

    public boolean contains(IPAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    /** These networks and the loopback addresses. */
    public Networks andLoopback() {
        return new Networks(
                Stream.concat(blocks.stream(), LOOPBACK.blocks().stream()).toList());
    }
}
