package seenby.bench;

import java.time.Duration;
import seenby.load.ClosedLoop;
import seenby.load.LoadClient;
import seenby.measurement.MeasuredServer;

/** A server, a client, and the users of a scenario. */
record Stage(MeasuredServer server, LoadClient client, Accounts accounts) implements AutoCloseable {
    static Stage of(MeasuredServer server, int users) {
        LoadClient client = LoadClient.of(server.port());
        return new Stage(server, client, Accounts.create(client, server.adminToken(), users));
    }

    Meter meter() {
        return Meter.start(client, server::usage);
    }

    Fanout fanout() {
        return new Fanout(client, server::usage);
    }

    /** Measures connections that do some work as fast as they can. */
    Figures measure(int connections, Duration time, ClosedLoop.Work work) {
        return Meter.measure(client, server::usage, connections, time, work);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
