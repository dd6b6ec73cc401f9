package seenby.connection;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content.Chunk;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/**
 * Reads the body of a request as it arrives. Of a body that is too long it keeps one byte more than any route takes, so
 * that the route refuses it. What follows is read and dropped, up to a limit: a connection that is closed before may
 * lose the answer.
 */
final class BodyReader {
    private static final int DROPPED_BYTES = 4 * 1024 * 1024;

    private final Request request;
    private final int mostBytes;
    private final SlowClients clients;
    private final Consumer<Request> next;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long arrived;
    private Optional<SlowClient> client = Optional.empty();

    /** @param next takes the request when its body is complete, or has failed */
    BodyReader(Request request, int mostBytes, SlowClients clients, Consumer<Request> next) {
        this.request = request;
        this.mostBytes = mostBytes;
        this.clients = clients;
        this.next = next;
    }

    /** Reads what has arrived, and goes on when more arrives. */
    void read() {
        Optional<Chunk> end = Optional.empty();
        while (end.isEmpty()) {
            Chunk chunk = isTooLong() ? Chunk.from(new IOException("The body is too long")) : request.read();
            if (chunk == null) {
                await();
                return;
            }
            end = take(chunk);
        }
        finish(end.get());
    }

    private boolean isTooLong() {
        return Math.max(request.getLength(), arrived) > (long) mostBytes + DROPPED_BYTES;
    }

    /** The end of the body, if this is it. */
    private Optional<Chunk> take(Chunk chunk) {
        if (Chunk.isFailure(chunk)) {
            return Optional.of(chunk);
        }
        arrived += chunk.remaining();
        int room = Math.min(chunk.remaining(), mostBytes + 1 - kept.size());
        kept.writeBytes(BufferUtil.toArray(
                chunk.getByteBuffer().slice(chunk.getByteBuffer().position(), room)));
        chunk.release();
        return chunk.isLast() ? Optional.of(Chunk.EOF) : Optional.empty();
    }

    private void await() {
        SlowClient slow = client.orElseGet(() -> clients.awaitBody(request, this::expire));
        client = Optional.of(slow);
        slow.moved(kept.size());
        request.demand(Invocable.from(InvocationType.NON_BLOCKING, this::read));
    }

    /** Jetty then ends the body as if the connection were idle. */
    private void expire() {
        request.getConnectionMetaData()
                .getConnection()
                .onIdleExpired(new TimeoutException("The body is not complete in time"));
    }

    private void finish(Chunk end) {
        client.ifPresent(SlowClient::end);
        // nobody needs the part of a body that has failed, unless it is enough to refuse it as too long
        boolean isUseless = Chunk.isFailure(end) && kept.size() <= mostBytes;
        next.accept(new CollectedBody(request, isUseless ? new byte[0] : kept.toByteArray(), end, clients));
    }
}
