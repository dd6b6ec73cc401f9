package seenby.client;

import java.util.Optional;
import seenby.load.ClosedLoop;
import seenby.load.Response;

/** The same request again and again, which must succeed. */
public final class Repeated implements ClosedLoop.Work {
    private final byte[] request;

    public Repeated(byte[] request) {
        this.request = request;
    }

    @Override
    public Optional<byte[]> next(int connection) {
        return Optional.of(request);
    }

    @Override
    public void answered(int connection, Response response) {
        response.requireSuccess();
    }
}
