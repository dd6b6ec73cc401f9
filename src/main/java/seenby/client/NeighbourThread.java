package seenby.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import seenby.load.LoadClient;
import seenby.platform.DaemonThreads;

/**
 * Lets a neighbour load a server from a thread and a client of its own, so that nothing it receives delays what the
 * caller's client measures. They still share the processors of the machine.
 */
public final class NeighbourThread {
    private static final long PATIENCE_SECONDS = Duration.ofMinutes(3).toSeconds();

    private final CompletableFuture<Void> begin = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final int port;
    private final Neighbour neighbour;
    private volatile boolean over;

    private NeighbourThread(int port, Neighbour neighbour) {
        this.port = port;
        this.neighbour = neighbour;
    }

    /** Returns when the neighbour has begun. */
    public static NeighbourThread start(int port, Neighbour neighbour) {
        NeighbourThread started = new NeighbourThread(port, neighbour);
        DaemonThreads.create("neighbour", started::run).start();
        CompletableFuture.anyOf(started.begin, started.end)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        return started;
    }

    private void run() {
        try (LoadClient client = LoadClient.of(port)) {
            neighbour.load(client, () -> begin.complete(null), () -> over);
            end.complete(null);
        } catch (RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    /** Ends the neighbour, and waits for that. Fails if the neighbour has failed. */
    public void end() {
        over = true;
        end.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
