package seenby.connection;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingNestedCallback;
import org.jspecify.annotations.Nullable;

/**
 * Writes one content in pieces, each when the client has taken the one before. Java copies what it writes to memory
 * outside of the heap, so a long content in one piece would be copied again whenever a slow client takes a part of it.
 */
final class AnswerWrite extends IteratingNestedCallback {
    private static final int PIECE_BYTES = 64 * 1024;

    private final SlowClients clients;
    private final Response response;
    private final boolean last;
    private final ByteBuffer content;
    private boolean begun;
    private volatile long unsent;
    private volatile boolean done;
    private volatile Optional<SlowClient> client = Optional.empty();

    AnswerWrite(SlowClients clients, Response response, boolean last, @Nullable ByteBuffer content, Callback callback) {
        super(callback);
        this.clients = clients;
        this.response = response;
        this.last = last;
        this.content = content == null ? BufferUtil.EMPTY_BUFFER : content;
    }

    void send() {
        iterate();
        if (!done) {
            awaitClient();
        }
    }

    private void awaitClient() {
        SlowClient slow = clients.awaitAnswer(response.getRequest(), unsent);
        client = Optional.of(slow);
        slow.moved(unsent);
        if (done) {
            slow.end();
        }
    }

    @Override
    protected Action process() {
        if (begun && !content.hasRemaining()) {
            return Action.SUCCEEDED;
        }
        begun = true;
        unsent = content.remaining();
        client.ifPresent(slow -> slow.moved(unsent));
        ByteBuffer piece = content.slice(content.position(), Math.min(content.remaining(), PIECE_BYTES));
        content.position(content.position() + piece.remaining());
        response.write(last && !content.hasRemaining(), piece, this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteSuccess() {
        end();
        super.onCompleteSuccess();
    }

    @Override
    protected void onFailure(Throwable failure) {
        end();
        super.onFailure(failure);
    }

    private void end() {
        done = true;
        client.ifPresent(SlowClient::end);
    }
}
