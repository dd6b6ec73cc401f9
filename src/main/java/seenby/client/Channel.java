package seenby.client;

import java.util.List;
import seenby.load.LoadClient;

/** A group, in the words of the server that has it: one member sends, others follow. */
public interface Channel {
    /** The request that sends a text. */
    byte[] send(String text);

    /** Members that do not follow yet. */
    List<Follower> followers(LoadClient client, Follower.DeliveryListener deliveries);
}
