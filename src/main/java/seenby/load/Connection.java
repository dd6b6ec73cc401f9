package seenby.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * A keep-alive connection with at most one request under way. It connects at its first request, and again if the server
 * has closed it meanwhile. Only the thread that runs its {@link LoadClient} may use it.
 */
public final class Connection {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final LoadClient client;
    private final ResponseListener listener;
    private Inbox inbox = Inbox.forAnswers();
    private Optional<SelectionKey> key = Optional.empty();
    private ByteBuffer unsent = NOTHING;
    private boolean waiting;
    private long sentAt;

    Connection(LoadClient client, ResponseListener listener) {
        this.client = client;
        this.listener = listener;
    }

    /** Hears of what arrives. */
    public interface ResponseListener {
        /** The answer has arrived, or more of a stream. The next request may be sent at once. */
        void answered(Connection connection, Response response);

        /** The connection was lost before the answer. */
        default void lost(Connection connection, IOException cause) {
            throw new UncheckedIOException("a connection was lost: " + cause.getMessage(), cause);
        }
    }

    /** Sends a request. What arrives is the listener's. */
    public void send(byte[] request) {
        send(request, Inbox.forAnswers());
    }

    /** Sends a request for a stream. From then on this connection sends nothing else. */
    public void stream(byte[] request) {
        send(request, Inbox.forStream());
    }

    private void send(byte[] request, Inbox forAnswer) {
        if (waiting) {
            throw new IllegalStateException("a request is under way");
        }
        inbox = forAnswer;
        waiting = true;
        sentAt = System.nanoTime();
        unsent = ByteBuffer.wrap(request);
        client.sent(request.length);
        try {
            if (key.isEmpty()) {
                connect();
            } else {
                write(key.get());
            }
        } catch (IOException e) {
            lose(e);
        }
    }

    /** When the last request was sent, by {@code System.nanoTime()}. */
    public long sentAt() {
        return sentAt;
    }

    /** Whether a request has no answer yet. */
    public boolean isWaiting() {
        return waiting;
    }

    private void connect() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        boolean connected = channel.connect(client.server());
        key = Optional.of(client.register(channel, connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, this));
    }

    void ready(SelectionKey selected) {
        try {
            if (selected.isConnectable()) {
                ((SocketChannel) selected.channel()).finishConnect();
                write(selected);
            } else if (selected.isWritable()) {
                write(selected);
            }
            if (selected.isValid() && selected.isReadable()) {
                read(selected);
            }
        } catch (IOException e) {
            lose(e);
        }
    }

    private void write(SelectionKey to) throws IOException {
        ((SocketChannel) to.channel()).write(unsent);
        int wanted = unsent.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (to.interestOps() != wanted) {
            to.interestOps(wanted);
        }
    }

    private void read(SelectionKey from) throws IOException {
        byte[] buffer = client.buffer();
        int count = ((SocketChannel) from.channel()).read(ByteBuffer.wrap(buffer));
        if (count < 0) {
            throw new IOException("the server has closed it");
        }
        client.received(count);
        Optional<Response> response = inbox.take(buffer, count);
        if (response.isPresent()) {
            waiting = false;
            listener.answered(this, response.get());
        }
    }

    private void lose(IOException cause) {
        close();
        if (waiting) {
            waiting = false;
            listener.lost(this, cause);
        }
    }

    /** Closes it. The next request opens it again. */
    public void close() {
        key.ifPresent(open -> {
            try {
                open.channel().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        key = Optional.empty();
    }
}
