package seenby.client;

import java.util.List;
import seenby.load.LoadClient;
import seenby.load.Requests;

/**
 * A group of Seenby, or of a bare hub with the same API.
 *
 * @param stream whether its members follow by streams instead of polls
 */
public record SeenbyChannel(String group, Requests sender, List<Requests> members, boolean stream) implements Channel {
    @Override
    public byte[] send(String text) {
        return sender.send(group, text);
    }

    @Override
    public List<Follower> followers(LoadClient client, Follower.DeliveryListener deliveries) {
        return members.stream()
                .<Follower>map(each -> new FanoutPoller(client, each, stream, deliveries))
                .toList();
    }
}
