package seenby.client;

import java.util.List;
import java.util.stream.Stream;
import seenby.load.LoadClient;
import seenby.load.Requests;

/**
 * A channel of Nchan. Its first message must be none that counts: a poll without a position waits if there is no
 * message, and nobody could say that it does.
 */
public record NchanChannel(String name, int members) implements Channel {
    private static final Requests REQUESTS = new Requests("none");

    @Override
    public byte[] send(String text) {
        return REQUESTS.post("/pub/" + name, text);
    }

    /** The request that removes the channel. */
    public byte[] delete() {
        return REQUESTS.delete("/pub/" + name);
    }

    /**
     * The request for the messages after a position.
     *
     * @param position the headers that name it; empty for all messages
     */
    byte[] poll(String position) {
        return REQUESTS.get("/sub/" + name, position);
    }

    @Override
    public List<Follower> followers(LoadClient client, Follower.DeliveryListener deliveries) {
        return Stream.<Follower>generate(() -> new NchanPoller(client, this, deliveries))
                .limit(members)
                .toList();
    }
}
