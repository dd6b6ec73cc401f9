package seenby.client;

import java.nio.charset.StandardCharsets;
import seenby.load.Connection;
import seenby.load.LoadClient;
import seenby.load.Requests;
import seenby.load.Response;

/** A member that follows one group, by polls one after the other or by one stream. */
public final class FanoutPoller implements Follower, Connection.ResponseListener {
    private static final int POLL_SECONDS = 25;
    private static final byte[] ID = "\"id\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TEXT = "\"text\":\"seq:".getBytes(StandardCharsets.US_ASCII);

    private final Requests requests;
    private final Connection connection;
    private final boolean stream;
    private final DeliveryListener deliveries;
    private long lastId = -1;
    private boolean waiting;
    private boolean over;

    public FanoutPoller(LoadClient client, Requests requests, boolean stream, DeliveryListener deliveries) {
        this.requests = requests;
        this.connection = client.connection(this);
        this.stream = stream;
        this.deliveries = deliveries;
    }

    @Override
    public void open() {
        if (stream) {
            connection.stream(requests.stream("/v1/updates"));
        } else {
            connection.send(requests.poll("", 0));
        }
    }

    /** A stream without news begins with a comment, so it has an answer as well. */
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
        int place = response.after(ID, 0);
        while (place >= 0) {
            check(response.number(place));
            place = response.after(TEXT, place);
            if (place < 0) {
                throw new IllegalStateException("a message that is none of these: " + response);
            }
            deliveries.delivered((int) response.number(place));
            place = response.after(ID, place);
        }
        if (!stream && !over) {
            connection.send(requests.poll(response.next(), POLL_SECONDS));
        }
        waiting = true;
    }

    private void check(long id) {
        if (lastId >= 0 && id != lastId + 1) {
            deliveries.outOfOrder();
        }
        lastId = id;
    }
}
