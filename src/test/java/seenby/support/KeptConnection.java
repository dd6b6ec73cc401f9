package seenby.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Sends requests as they are, one after the other on one connection. It opens a new one only where the server said that
 * it would close the old one, and did.
 */
public final class KeptConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final IntSupplier port;
    private Optional<Open> open = Optional.empty();

    public KeptConnection(IntSupplier port) {
        this.port = port;
    }

    private record Open(Socket socket, InputStream in) {
        static Open to(int port) throws IOException {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return new Open(socket, new BufferedInputStream(socket.getInputStream()));
        }
    }

    /** Sends a request and reads its answer, which has a length. */
    public RawAnswer exchange(byte[] request) {
        try {
            Open connection = open.isPresent() ? open.get() : Open.to(port.getAsInt());
            open = Optional.of(connection);
            connection.socket.getOutputStream().write(request);
            RawAnswer answer = read(connection.in);
            if (answer.header("Connection").equals("close")) {
                requireEnd(connection.in);
                close();
            }
            return answer;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static RawAnswer read(InputStream in) throws IOException {
        String statusLine = line(in);
        List<String> headers = new ArrayList<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            headers.add(header);
        }
        RawAnswer head = new RawAnswer(statusLine, headers, "");
        byte[] body = in.readNBytes(length(head));
        return new RawAnswer(
                statusLine,
                headers,
                UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    }

    private static int length(RawAnswer head) throws IOException {
        String length = head.header("Content-Length");
        if (length.isEmpty() && head.status() != 204) {
            throw new IOException("an answer without a length: " + head);
        }
        return length.isEmpty() ? 0 : Integer.parseInt(length);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection was closed after '" + line.toString(ISO_8859_1) + "'");
            }
            line.write(next);
        }
        String text = line.toString(ISO_8859_1);
        if (!text.endsWith("\r")) {
            throw new IOException("a line ends without a carriage return: " + text);
        }
        return text.substring(0, text.length() - 1);
    }

    private static void requireEnd(InputStream in) throws IOException {
        if (in.read() >= 0) {
            throw new IOException("more follows an answer with Connection: close");
        }
    }

    @Override
    public void close() {
        open.ifPresent(connection -> {
            try {
                connection.socket.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        open = Optional.empty();
    }
}
