package seenby.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A connection that sends and reads only what its test says. The kernel buffers little of what it does not read. */
public final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket = new Socket();

    public RawClient(int port) {
        try {
            socket.setReceiveBufferSize(4096);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends a request without a body. */
    public RawClient get(String path) {
        return send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    public RawClient send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends it, or the part that the server takes before it disconnects. */
    public void sendUntilDisconnected(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (SocketException disconnected) {
            // the server holds too much
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends one byte after the other, until the server answers or has closed the connection. */
    public void trickle() {
        Eventually.eventually("the server answers what trickles", () -> {
            try {
                socket.getOutputStream().write('x');
                return socket.getInputStream().available() > 0;
            } catch (SocketException closed) {
                return true;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Reads this many bytes, or what there is before the connection ends. */
    public String read(int bytes) {
        byte[] read = new byte[bytes];
        int length = 0;
        try {
            for (int more = 0; more >= 0 && length < bytes; ) {
                more = socket.getInputStream().read(read, length, bytes - length);
                length += Math.max(0, more);
            }
        } catch (SocketException reset) {
            // also an end
        } catch (IOException e) {
            throw new AssertionError("after " + length + " bytes", e);
        }
        return new String(read, 0, length, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
