package seenby.client;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import seenby.load.LoadClient;
import seenby.load.Requests;
import seenby.load.Response;

/** A member that follows one group, by polls one after the other or by one stream. */
final class FanoutPoller extends PollingFollower {
    private static final int POLL_SECONDS = 25;
    private static final byte[] ID = "\"id\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TEXT = "\"text\":\"seq:".getBytes(StandardCharsets.US_ASCII);

    private final Requests requests;
    private final boolean stream;
    private final DeliveryListener deliveries;
    private long lastId = -1;

    FanoutPoller(LoadClient client, Requests requests, boolean stream, DeliveryListener deliveries) {
        super(client);
        this.requests = requests;
        this.stream = stream;
        this.deliveries = deliveries;
    }

    /** A stream without news begins with a comment, so it has an answer as well. */
    @Override
    public void open() {
        if (stream) {
            connection().stream(requests.stream("/v1/updates"));
        } else {
            connection().send(requests.poll("", 0));
        }
    }

    @Override
    Optional<byte[]> take(Response response) {
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
        return stream ? Optional.empty() : Optional.of(requests.poll(response.next(), POLL_SECONDS));
    }

    private void check(long id) {
        if (lastId >= 0 && id != lastId + 1) {
            deliveries.outOfOrder();
        }
        lastId = id;
    }
}
