package seenby.client;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import seenby.load.LoadClient;
import seenby.load.SlowConnection;

/** Connections that read hardly anything. One that the server closes connects again. */
public final class SlowConnections implements Neighbour {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final int count;
    private final byte[] request;
    private final int perSecond;

    /**
     * Creates connections that are not open yet.
     *
     * @param request what each sends once; empty if it is silent
     * @param perSecond how many bytes each reads in a second
     */
    public SlowConnections(int count, byte[] request, int perSecond) {
        this.count = count;
        this.request = request;
        this.perSecond = perSecond;
    }

    @Override
    public void load(LoadClient client, Runnable begun, BooleanSupplier isOver) {
        List<SlowConnection> connections = Stream.generate(() -> client.slowConnection(request))
                .limit(count)
                .toList();
        client.runFor(SECOND);
        begun.run();
        while (!isOver.getAsBoolean()) {
            connections.forEach(each -> each.read(perSecond));
            client.runFor(SECOND);
        }
        connections.forEach(SlowConnection::close);
    }
}
