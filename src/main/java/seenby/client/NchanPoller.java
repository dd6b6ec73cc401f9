package seenby.client;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import seenby.load.LoadClient;
import seenby.load.Response;

/**
 * A member that follows a channel of Nchan by polls. Two headers of an answer are the position of the next poll.
 * Messages have no numbers but those in their texts, so it cannot tell whether they come in the order in which they
 * were stored.
 */
final class NchanPoller extends PollingFollower {
    private static final byte[] TIME = bytes("\r\nLast-Modified: ");
    private static final byte[] TAG = bytes("\r\nEtag: ");
    private static final byte[] TEXT = bytes("seq:");

    private final NchanChannel channel;
    private final DeliveryListener deliveries;

    NchanPoller(LoadClient client, NchanChannel channel, DeliveryListener deliveries) {
        super(client);
        this.channel = channel;
        this.deliveries = deliveries;
    }

    @Override
    public void open() {
        connection().send(channel.poll(""));
    }

    @Override
    Optional<byte[]> take(Response response) {
        String position =
                "If-Modified-Since: " + response.header(TIME) + "\r\nIf-None-Match: " + response.header(TAG) + "\r\n";
        for (int place = response.after(TEXT, 0); place >= 0; place = response.after(TEXT, place)) {
            deliveries.delivered((int) response.number(place));
        }
        return Optional.of(channel.poll(position));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
