package seenby.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A connection that sends one request, and reads as much of the answer as it is told to. The kernel reads little ahead.
 */
public final class SlowConnection {
    private static final int KERNEL_BUFFER = 4096;

    private final InetSocketAddress server;
    private final byte[] request;
    private SocketChannel channel;

    SlowConnection(InetSocketAddress server, byte[] request) {
        this.server = server;
        this.request = request;
        this.channel = connect(server, request);
    }

    private static SocketChannel connect(InetSocketAddress server, byte[] request) {
        try {
            SocketChannel channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, KERNEL_BUFFER);
            channel.connect(server);
            channel.write(ByteBuffer.wrap(request));
            channel.configureBlocking(false);
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads up to so many bytes that have arrived. If the server has closed the connection, connects again. */
    public void read(int bytes) {
        if (!isOpenAfterRead(ByteBuffer.allocate(bytes))) {
            close();
            channel = connect(server, request);
        }
    }

    private boolean isOpenAfterRead(ByteBuffer buffer) {
        try {
            return channel.read(buffer) >= 0;
        } catch (IOException reset) {
            return false;
        }
    }

    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
