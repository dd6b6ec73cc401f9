package seenby.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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

/**
 * The wire between a client and a server: it carries their bytes, notes what is asked and answered, and may lose an answer.
 * Its port stays the same while servers behind it come and go; while there is none, it hangs up.
 */
public final class RecordingProxy implements AutoCloseable {
    private static final Pattern ASKED = Pattern.compile("((?:GET|POST) /\\S*) HTTP/1\\.1");
    private static final Pattern ANSWERED = Pattern.compile("^HTTP/1\\.1 (\\d{3}) ");

    private final ServerSocket listener;
    private final IntSupplier port;
    private final List<Noted> noted = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final AtomicInteger hungUp = new AtomicInteger();
    private final AtomicInteger losing = new AtomicInteger();

    /** A request, which has no status, or the answer to it. */
    private record Noted(String request, Optional<Integer> status, long atNanos) {
        boolean hasStatus(int wanted) {
            return status.equals(Optional.of(wanted));
        }
    }

    private interface Note {
        void take(String bytes) throws IOException;
    }

    /** @param port where the server listens, or an exception while there is none */
    public RecordingProxy(IntSupplier port) {
        this.port = port;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        inBackground(this::accept);
    }

    private static void inBackground(Runnable task) {
        Thread thread = new Thread(task, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    public String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** How many answers had this status. */
    public long answered(int status) {
        return noted.stream().filter(it -> it.hasStatus(status)).count();
    }

    /** How many answers to a request, such as {@code GET /v1/me}, had this status. */
    public long answered(String request, int status) {
        return noted.stream()
                .filter(it -> it.request().equals(request) && it.hasStatus(status))
                .count();
    }

    /** How many connections found no server. */
    public int hungUp() {
        return hungUp.get();
    }

    /** All that clients said so far. */
    public String said() {
        return String.join("", said);
    }

    /** How long the client took from the first answer of this status to the request after it, if it has come. */
    public Optional<Duration> pauseAfter(int status) {
        return noted.stream()
                .filter(it -> it.hasStatus(status))
                .findFirst()
                .flatMap(answer -> noted.stream()
                        .dropWhile(it -> !it.equals(answer))
                        .filter(it -> it.status().isEmpty())
                        .findFirst()
                        .map(request -> Duration.ofNanos(request.atNanos() - answer.atNanos())));
    }

    /** The next answer of this status does not arrive: the connection breaks. */
    public void loseNext(int status) {
        losing.set(status);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                inBackground(() -> carry(client));
            }
        } catch (IOException closed) {
            // nobody calls any more
        }
    }

    private void carry(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port.getAsInt())) {
            AtomicReference<String> request = new AtomicReference<>("");
            inBackground(() -> pump(server, client, bytes -> noteAnswer(request.get(), bytes)));
            pump(client, server, bytes -> noteRequest(request, bytes));
        } catch (IOException | NoSuchElementException noServer) {
            hungUp.incrementAndGet();
        }
    }

    /** Carries one direction until it ends, or the answer is lost, and then breaks both. */
    private static void pump(Socket from, Socket to, Note note) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            for (int length = from.getInputStream().read(buffer);
                    length >= 0;
                    length = from.getInputStream().read(buffer)) {
                note.take(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
                to.getOutputStream().write(buffer, 0, length);
            }
        } catch (IOException broken) {
            // both ends see it
        }
    }

    private void noteRequest(AtomicReference<String> request, String bytes) {
        said.add(bytes);
        Matcher asked = ASKED.matcher(bytes);
        if (asked.find()) {
            request.set(asked.group(1));
            noted.add(new Noted(asked.group(1), Optional.empty(), System.nanoTime()));
        }
    }

    private void noteAnswer(String request, String bytes) throws IOException {
        Matcher answer = ANSWERED.matcher(bytes);
        if (answer.find()) {
            int status = Integer.parseInt(answer.group(1));
            noted.add(new Noted(request, Optional.of(status), System.nanoTime()));
            if (losing.compareAndSet(status, 0)) {
                throw new IOException("lost on purpose");
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
