package seenby.connection;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content.Chunk;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;

/**
 * A request whose body is in memory until it is read. If the server holds too much before, the body is dropped, and its
 * client disconnected.
 */
final class CollectedBody extends Request.Wrapper {
    private final SlowClient client;
    private final int length;
    private Chunk end;
    private Chunk next;

    /** @param end what follows the bytes: the end of the body, or why it has none */
    CollectedBody(Request request, byte[] bytes, Chunk end, SlowClients clients) {
        super(request);
        this.end = end;
        this.length = bytes.length;
        this.next = bytes.length == 0 ? end : Chunk.from(ByteBuffer.wrap(bytes), false);
        this.client = clients.hold(request, this::drop);
        client.moved(length);
        Request.addCompletionListener(request, failure -> client.end());
    }

    int length() {
        return length;
    }

    private synchronized void drop() {
        end = Chunk.from(new EofException("The server holds too much, so it has disconnected the client"));
        next = end;
    }

    @Override
    public synchronized Chunk read() {
        Chunk chunk = next;
        next = end;
        client.end();
        return chunk;
    }

    @Override
    public void demand(Runnable available) {
        available.run();
    }
}
