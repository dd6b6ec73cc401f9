package seenby.client;

import java.nio.charset.StandardCharsets;
import seenby.load.Connection;
import seenby.load.LoadClient;
import seenby.load.Response;

/**
 * A member that follows a channel of Nchan by polls. Two headers of an answer are the position of the next poll.
 * Messages have no numbers but those in their texts, so it cannot tell whether they come in the order in which they
 * were stored.
 */
final class NchanPoller implements Follower, Connection.ResponseListener {
    private static final byte[] TIME = bytes("\r\nLast-Modified: ");
    private static final byte[] TAG = bytes("\r\nEtag: ");
    private static final byte[] TEXT = bytes("seq:");

    private final NchanChannel channel;
    private final DeliveryListener deliveries;
    private final Connection connection;
    private boolean waiting;
    private boolean over;

    NchanPoller(LoadClient client, NchanChannel channel, DeliveryListener deliveries) {
        this.channel = channel;
        this.deliveries = deliveries;
        this.connection = client.connection(this);
    }

    @Override
    public void open() {
        connection.send(channel.poll(""));
    }

    @Override
    public boolean isOpen() {
        return waiting;
    }

    @Override
    public void close() {
        over = true;
        connection.close();
    }

    @Override
    public void answered(Connection same, Response response) {
        response.requireSuccess();
        String position =
                "If-Modified-Since: " + response.header(TIME) + "\r\nIf-None-Match: " + response.header(TAG) + "\r\n";
        for (int place = response.after(TEXT, 0); place >= 0; place = response.after(TEXT, place)) {
            deliveries.delivered((int) response.number(place));
        }
        if (!over) {
            connection.send(channel.poll(position));
        }
        waiting = true;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
