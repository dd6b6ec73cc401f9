package seenby.support;

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
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The wire between a client and a server: it carries their bytes, notes what is asked and answered, and may lose an answer.
 * Its port stays the same while servers behind it come and go; while there is none, it hangs up.
 */
public final class Wire implements AutoCloseable {
    private static final Pattern ASKED = Pattern.compile("(?:GET|POST) /\\S* HTTP/1\\.1");
    private static final Pattern ANSWERED = Pattern.compile("^HTTP/1\\.1 (\\d{3}) ");

    private final ServerSocket listener;
    private final IntSupplier port;
    private final List<Noted> noted = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final AtomicInteger hungUp = new AtomicInteger();
    private final AtomicInteger losing = new AtomicInteger();

    /** An answer, or a request, which has no status. */
    private record Noted(Optional<Integer> status, long atNanos) {}

    private interface Note {
        void take(String bytes) throws IOException;
    }

    /** @param port where the server listens, or an exception while there is none */
    public Wire(IntSupplier port) {
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
        return noted.stream()
                .filter(it -> it.status().equals(Optional.of(status)))
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

    /** How long the client took from the first answer of this status to the request after it. */
    public Duration pauseAfter(int status) {
        Noted answer = first(noted, it -> it.status().equals(Optional.of(status)));
        List<Noted> later = noted.subList(noted.indexOf(answer), noted.size());
        Noted request = first(later, it -> it.status().isEmpty());
        return Duration.ofNanos(request.atNanos() - answer.atNanos());
    }

    private static Noted first(List<Noted> noted, Predicate<Noted> wanted) {
        return noted.stream().filter(wanted).findFirst().orElseThrow();
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
            inBackground(() -> pump(server, client, this::noteAnswer));
            pump(client, server, this::noteRequest);
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

    private void noteRequest(String bytes) {
        said.add(bytes);
        if (ASKED.matcher(bytes).find()) {
            noted.add(new Noted(Optional.empty(), System.nanoTime()));
        }
    }

    private void noteAnswer(String bytes) throws IOException {
        Matcher answer = ANSWERED.matcher(bytes);
        if (answer.find()) {
            int status = Integer.parseInt(answer.group(1));
            noted.add(new Noted(Optional.of(status), System.nanoTime()));
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
