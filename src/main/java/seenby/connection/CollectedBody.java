package seenby.connection;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content.Chunk;
import org.eclipse.jetty.server.Request;

/** A request whose body is in memory until it is read. */
final class CollectedBody extends Request.Wrapper {
    private final Chunk end;
    private Chunk next;

    /** @param end what follows the bytes: the end of the body, or why it has none */
    CollectedBody(Request request, byte[] bytes, Chunk end) {
        super(request);
        this.end = end;
        this.next = bytes.length == 0 ? end : Chunk.from(ByteBuffer.wrap(bytes), false);
    }

    @Override
    public Chunk read() {
        Chunk chunk = next;
        next = end;
        return chunk;
    }

    @Override
    public void demand(Runnable available) {
        available.run();
    }
}
