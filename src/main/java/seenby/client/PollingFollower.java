package seenby.client;

import java.util.Optional;
import seenby.load.Connection;
import seenby.load.LoadClient;
import seenby.load.Response;

/** A member that follows over one connection: each answer has messages, and says what to ask next. */
abstract class PollingFollower implements Follower, Connection.ResponseListener {
    private final Connection connection;
    private boolean waiting;
    private boolean over;

    PollingFollower(LoadClient client) {
        connection = client.connection(this);
    }

    Connection connection() {
        return connection;
    }

    /** Delivers the messages of an answer. Returns the next request; empty for a stream, which goes on by itself. */
    abstract Optional<byte[]> take(Response response);

    @Override
    public void answered(Connection same, Response response) {
        response.requireSuccess();
        take(response).filter(next -> !over).ifPresent(connection::send);
        waiting = true;
    }

    @Override
    public boolean isOpen() {
        return waiting;
    }

    @Override
    public void close() {
        over = true;
        connection.close();
    }
}
