package seenby.client;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import seenby.load.LatencyRecorder;
import seenby.load.LoadClient;

/**
 * A large group whose members poll, and that gets messages at a steady rate.
 *
 * @param interval the time between two messages
 */
public record LargeGroup(Channel channel, Duration interval) implements Neighbour {
    @Override
    public void load(LoadClient client, Runnable begun, BooleanSupplier isOver) {
        FanoutGroup group = new FanoutGroup(client, channel, 1, new LatencyRecorder());
        new Ramp(client, group.followers()).run();
        begun.run();
        while (!isOver.getAsBoolean()) {
            group.send(System.nanoTime());
            client.runFor(interval);
        }
        group.close();
    }
}
