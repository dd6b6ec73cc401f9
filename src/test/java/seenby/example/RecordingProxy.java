package seenby.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import seenby.support.Forwarding;

/**
 * A proxy between a client and a server: it forwards their bytes, records requests and answers, and can drop an answer.
 * Its port stays the same when the server behind it changes; while there is no server, it closes each connection.
 */
public final class RecordingProxy implements AutoCloseable {
    private static final Pattern REQUEST_LINE = Pattern.compile("((?:GET|POST) /\\S*) HTTP/1\\.1");
    private static final Pattern STATUS_LINE = Pattern.compile("^HTTP/1\\.1 (\\d{3}) ");

    /** Longer than the polls of the examples, as the timeouts of real proxies are. */
    private static final int SILENCE_MILLIS = 45_000;

    private final ServerSocket listener;
    private final IntSupplier port;
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final AtomicInteger failedConnections = new AtomicInteger();
    private final AtomicInteger statusToDrop = new AtomicInteger();

    /** A request, without a status, or the answer to it. */
    private record Exchange(String request, Optional<Integer> status, long atNanos) {
        boolean hasStatus(int wanted) {
            return status.equals(Optional.of(wanted));
        }
    }

    /** @param port where the server listens, or an exception while there is none */
    public RecordingProxy(IntSupplier port) {
        this.port = port;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Forwarding.inBackground(this::acceptClients);
    }

    public String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** The number of answers with this status. */
    public long answered(int status) {
        return exchanges.stream().filter(it -> it.hasStatus(status)).count();
    }

    /** The number of answers with this status to a request such as {@code GET /v1/me}. */
    public long answered(String request, int status) {
        return exchanges.stream()
                .filter(it -> it.request().equals(request) && it.hasStatus(status))
                .count();
    }

    /** The number of connections for which there was no server. */
    public int failedConnections() {
        return failedConnections.get();
    }

    /** All that clients sent so far. */
    public String sent() {
        return String.join("", sent);
    }

    /** The time from the first answer with this status to the next request, if that has arrived. */
    public Optional<Duration> pauseAfter(int status) {
        return exchanges.stream()
                .filter(it -> it.hasStatus(status))
                .findFirst()
                .flatMap(answer -> exchanges.stream()
                        .dropWhile(it -> !it.equals(answer))
                        .filter(it -> it.status().isEmpty())
                        .findFirst()
                        .map(request -> Duration.ofNanos(request.atNanos() - answer.atNanos())));
    }

    /** Drops the next answer with this status: both connections are closed. */
    public void dropNext(int status) {
        statusToDrop.set(status);
    }

    private void acceptClients() {
        try {
            while (true) {
                Socket client = listener.accept();
                Forwarding.inBackground(() -> forward(client));
            }
        } catch (IOException closed) {
            // the proxy is closed
        }
    }

    private void forward(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port.getAsInt())) {
            // a server that is stopped in this JVM may leave a connection open that it has just accepted
            server.setSoTimeout(SILENCE_MILLIS);
            AtomicReference<String> request = new AtomicReference<>("");
            Forwarding.inBackground(() -> Forwarding.pump(server, client, bytes -> recordAnswer(request.get(), bytes)));
            Forwarding.pump(client, server, bytes -> recordRequest(request, bytes));
        } catch (IOException | NoSuchElementException noServer) {
            failedConnections.incrementAndGet();
        }
    }

    private void recordRequest(AtomicReference<String> request, String bytes) {
        sent.add(bytes);
        Matcher requestLine = REQUEST_LINE.matcher(bytes);
        if (requestLine.find()) {
            request.set(requestLine.group(1));
            exchanges.add(new Exchange(requestLine.group(1), Optional.empty(), System.nanoTime()));
        }
    }

    private void recordAnswer(String request, String bytes) throws IOException {
        Matcher statusLine = STATUS_LINE.matcher(bytes);
        if (statusLine.find()) {
            int status = Integer.parseInt(statusLine.group(1));
            exchanges.add(new Exchange(request, Optional.of(status), System.nanoTime()));
            if (statusToDrop.compareAndSet(status, 0)) {
                throw new IOException("dropped on purpose");
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
