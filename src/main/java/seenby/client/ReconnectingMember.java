package seenby.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import seenby.load.Connection;
import seenby.load.LoadClient;
import seenby.load.Requests;
import seenby.load.Response;

/** A member who polls, and tries again soon when the server is away. */
public final class ReconnectingMember implements Connection.ResponseListener {
    private static final int POLL_SECONDS = 55;
    private static final int UNAVAILABLE = 503;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final byte[] MESSAGE = "\"text\":".getBytes(StandardCharsets.US_ASCII);

    private final LoadClient client;
    private final Requests requests;
    private final Connection connection;
    private String since = "";
    private boolean away = true;
    private long backAt;
    private long deliveries;

    public ReconnectingMember(LoadClient client, Requests requests) {
        this.client = client;
        this.requests = requests;
        this.connection = client.connection(this);
    }

    public void open() {
        connection.send(requests.poll(since, 0));
    }

    /** Whether a poll was answered since the server was away, so that the next one waits. */
    public boolean isBack() {
        return !away && backAt > 0;
    }

    /** From now on it is back only when it has lost the server and found it again. */
    public void expectRestart() {
        backAt = 0;
    }

    /** When it was back, by {@code System.nanoTime()}. */
    public long backAt() {
        return backAt;
    }

    public long deliveries() {
        return deliveries;
    }

    @Override
    public void answered(Connection same, Response response) {
        if (response.status() == UNAVAILABLE) {
            tryAgain();
            return;
        }
        response.requireSuccess();
        for (int place = response.after(MESSAGE, 0); place >= 0; place = response.after(MESSAGE, place)) {
            deliveries++;
        }
        since = response.next();
        if (away) {
            away = false;
            backAt = System.nanoTime();
        }
        connection.send(requests.poll(since, POLL_SECONDS));
    }

    @Override
    public void lost(Connection same, IOException cause) {
        tryAgain();
    }

    private void tryAgain() {
        away = true;
        client.at(System.nanoTime() + PAUSE_NANOS, this::open);
    }
}
