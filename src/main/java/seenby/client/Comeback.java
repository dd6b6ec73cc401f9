package seenby.client;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import seenby.load.Connection;
import seenby.load.LoadClient;
import seenby.load.Requests;
import seenby.load.Response;

/** A member who comes back: it fetches everything that is unread, and acks it with one more poll. */
public final class Comeback {
    private static final byte[] MORE = "\"more\":true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ID = "\"id\":".getBytes(StandardCharsets.US_ASCII);

    private final Requests requests;
    private final Connection connection;
    private final String acks;
    private long begunAt;
    private long tookNanos;
    private long fetched;
    private boolean acked;

    public Comeback(LoadClient client, Requests requests, int groups, int messages) {
        this.requests = requests;
        this.connection = client.connection((same, response) -> answered(response));
        this.acks = IntStream.range(0, groups)
                .mapToObj(i -> '"' + group(i) + "\":" + messages)
                .collect(Collectors.joining(",", ",\"ack\":{", "}"));
    }

    /** The name of one of its groups. */
    public static String group(int number) {
        return "backlog-" + number;
    }

    public void begin() {
        begunAt = System.nanoTime();
        poll("", "");
    }

    private void poll(String since, String ack) {
        connection.send(
                requests.post("/v1/updates", "{\"since\":\"" + since + "\",\"limit\":1000,\"timeout\":0" + ack + "}"));
    }

    private void answered(Response response) {
        response.requireSuccess();
        for (int place = response.after(ID, 0); place >= 0; place = response.after(ID, place)) {
            fetched++;
        }
        if (acked) {
            tookNanos = System.nanoTime() - begunAt;
            connection.close();
        } else if (response.contains(MORE)) {
            poll(response.next(), "");
        } else {
            acked = true;
            poll(response.next(), acks);
        }
    }

    public long begunAt() {
        return begunAt;
    }

    /** How long it took until its acks were answered. */
    public long tookNanos() {
        return tookNanos;
    }

    public long fetched() {
        return fetched;
    }
}
