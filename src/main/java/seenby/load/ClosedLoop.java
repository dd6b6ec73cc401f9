package seenby.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Some connections, each of which sends its next request as soon as the one before is answered. */
public final class ClosedLoop implements AutoCloseable {
    /** The longest time for one answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LoadClient client;
    private final Work work;
    private final List<Connection> connections = new ArrayList<>();
    private final LatencyRecorder latencies = new LatencyRecorder();
    private int open;
    private long end;

    /** What the connections do, which are numbered from 0. */
    public interface Work {
        /** The next request of a connection; empty if it has nothing more to do. */
        Optional<byte[]> next(int connection);

        /** Checks the answer to the last request of a connection. */
        void answered(int connection, Response response);
    }

    public ClosedLoop(LoadClient client, int connections, Work work) {
        this.client = client;
        this.work = work;
        for (int i = 0; i < connections; i++) {
            int number = i;
            this.connections.add(client.connection((connection, response) -> answered(number, connection, response)));
        }
    }

    /** Runs for some time, or until nothing more is to do. Returns how long the requests took. */
    public Latencies run(Duration time) {
        latencies.clear();
        end = System.nanoTime() + time.toNanos();
        open = connections.size();
        for (int i = 0; i < connections.size(); i++) {
            next(i, connections.get(i));
        }
        client.runUntil("all requests are answered", time.plus(PATIENCE), () -> open == 0);
        return latencies.latencies();
    }

    /** Runs until nothing more is to do, for an hour at most. */
    public void drain() {
        var unused = run(Duration.ofHours(1));
        close();
    }

    @Override
    public void close() {
        connections.forEach(Connection::close);
    }

    private void answered(int number, Connection connection, Response response) {
        latencies.add(System.nanoTime() - connection.sentAt());
        work.answered(number, response);
        next(number, connection);
    }

    private void next(int number, Connection connection) {
        Optional<byte[]> request = System.nanoTime() < end ? work.next(number) : Optional.empty();
        if (request.isPresent()) {
            connection.send(request.get());
        } else {
            open--;
        }
    }
}
