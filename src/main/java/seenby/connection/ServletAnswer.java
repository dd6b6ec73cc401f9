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
    private static final int LARGEST_BUFFER = 64 * 1024;

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
        if (last && collected.isEmpty() && content != null && content.remaining() > LARGEST_BUFFER) {
            // longer than a buffer of Jetty, so it is the array of a handler, which does not change it
            send(content.slice());
        } else if (last) {
            send(ByteBuffer.wrap(collect(content).toByteArray()));
        } else {
            collected = Optional.of(collect(content));
        }
        BufferUtil.clear(content);
        writer.succeeded();
    }

    /** Copies it, because the writer may use its buffer again. */
    private ByteArrayOutputStream collect(@Nullable ByteBuffer content) {
        ByteArrayOutputStream all = collected.orElseGet(ByteArrayOutputStream::new);
        all.writeBytes(BufferUtil.toArray(content));
        return all;
    }

    private void send(ByteBuffer whole) {
        sending = true;
        collected = Optional.empty();
        super.write(true, whole, sent);
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
