package seenby.client;

import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;
import seenby.load.Connection;
import seenby.load.LoadClient;
import seenby.load.Requests;
import seenby.load.Response;

/** A sender who follows by polls who has read its messages. */
public final class ReceiptWatch {
    private static final int POLL_SECONDS = 25;

    private final Requests requests;
    private final Connection connection;
    private final byte[] allRead;
    private final LongConsumer hears;
    private long count;
    private boolean over;

    /**
     * Creates a sender that does not poll yet.
     *
     * @param messages how many messages it has sent in each group
     * @param hears told after each answer how often a member has read all messages of a group, so far
     */
    public ReceiptWatch(LoadClient client, Requests requests, int messages, LongConsumer hears) {
        this.requests = requests;
        this.connection = client.connection((same, response) -> answered(response));
        this.allRead = ("\"upto\":" + messages + ",").getBytes(StandardCharsets.US_ASCII);
        this.hears = hears;
    }

    public void open() {
        connection.send(requests.poll("", 0));
    }

    public void close() {
        over = true;
        connection.close();
    }

    private void answered(Response response) {
        response.requireSuccess();
        for (int place = response.after(allRead, 0); place >= 0; place = response.after(allRead, place)) {
            count++;
        }
        String next = response.next();
        hears.accept(count);
        if (!over) {
            connection.send(requests.poll(next, POLL_SECONDS));
        }
    }
}
