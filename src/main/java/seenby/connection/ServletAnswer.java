package seenby.connection;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a servlet. What a thread would wait for is collected, and sent when it is complete; the request ends
 * when it is sent. What no thread waits for, such as the events of a stream, is sent at once.
 */
final class ServletAnswer extends Response.Wrapper implements Callback {
    private final Callback callback;
    private final Completable sent = new Completable();
    private Optional<ByteArrayOutputStream> collected = Optional.empty();
    private boolean sending;

    ServletAnswer(Request request, Response response, Callback callback) {
        super(request, response);
        this.callback = callback;
    }

    /** @param writer for a write that a thread waits for, a {@link Blocker.Callback} */
    @Override
    public void write(boolean last, @Nullable ByteBuffer content, Callback writer) {
        if (collected.isEmpty() && !(writer instanceof Blocker.Callback)) {
            super.write(last, content, writer);
            return;
        }
        // the writer may use its bytes again
        byte[] bytes = BufferUtil.toArray(content);
        BufferUtil.clear(content);
        if (last) {
            send(collected.map(before -> join(before, bytes)).orElse(bytes));
        } else {
            collect(bytes);
        }
        writer.succeeded();
    }

    private void collect(byte[] bytes) {
        ByteArrayOutputStream all = collected.orElseGet(ByteArrayOutputStream::new);
        all.writeBytes(bytes);
        collected = Optional.of(all);
    }

    private static byte[] join(ByteArrayOutputStream before, byte[] bytes) {
        before.writeBytes(bytes);
        return before.toByteArray();
    }

    private void send(byte[] bytes) {
        sending = true;
        collected = Optional.empty();
        super.write(true, ByteBuffer.wrap(bytes), sent);
    }

    @Override
    public void succeeded() {
        if (sending) {
            var unused = sent.whenComplete((done, failure) -> {
                if (failure == null) {
                    callback.succeeded();
                } else {
                    callback.failed(failure);
                }
            });
        } else {
            callback.succeeded();
        }
    }

    @Override
    public void failed(Throwable failure) {
        callback.failed(failure);
    }

    @Override
    public InvocationType getInvocationType() {
        return callback.getInvocationType();
    }
}
