package seenby.client;

import java.util.Optional;
import seenby.load.ClosedLoop;
import seenby.load.Requests;
import seenby.load.Response;

/** One member acks one message after the other, on one connection. */
public final class AckWalk implements ClosedLoop.Work {
    private final Requests requests;
    private final String path;
    private final long last;
    private long next;

    public AckWalk(Requests requests, String group, long first, long last) {
        this.requests = requests;
        this.path = "/v1/groups/" + group + "/ack?upto=";
        this.last = last;
        this.next = first;
    }

    @Override
    public Optional<byte[]> next(int connection) {
        return next > last ? Optional.empty() : Optional.of(requests.post(path + next++, ""));
    }

    @Override
    public void answered(int connection, Response response) {
        response.requireSuccess();
    }
}
