package seenby.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Makes requests to a server on this machine over many connections. Everything happens on the thread that calls
 * {@link #runUntil}: so nothing of it is thread-safe, and the client takes one processor at most.
 */
public final class LoadClient implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int BUFFER = 1 << 18;
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /** How long it sleeps at most if nothing arrives, in milliseconds; a condition may hold meanwhile. */
    private static final long LONGEST_SLEEP = 2;

    private final InetSocketAddress server;
    private final Selector selector;
    private final byte[] read = new byte[BUFFER];
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::at));
    private long requests;
    private long bytesOut;
    private long bytesIn;

    private record Timer(long at, Runnable task) {}

    private LoadClient(InetSocketAddress server, Selector selector) {
        this.server = server;
        this.selector = selector;
    }

    /** A client of the server at this port of the loopback address. */
    public static LoadClient of(int port) {
        try {
            InetSocketAddress server = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port);
            return new LoadClient(server, Selector.open());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Connection connection(Connection.ResponseListener listener) {
        return new Connection(this, listener);
    }

    /**
     * Opens a connection whose answer is read only when somebody says so.
     *
     * @param request what it sends; empty for nothing
     */
    public SlowConnection slowConnection(byte[] request) {
        return new SlowConnection(server, request);
    }

    /** Runs a task at a time of {@code System.nanoTime()}, while {@link #runUntil} runs. */
    public void at(long nanos, Runnable task) {
        timers.add(new Timer(nanos, task));
    }

    /**
     * Handles what arrives until a condition holds.
     *
     * @param claim what the condition says
     * @throws IllegalStateException if it does not hold in time
     */
    public void runUntil(String claim, Duration most, BooleanSupplier holds) {
        long end = System.nanoTime() + most.toNanos();
        fireTimers();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not in time: " + claim);
            }
            select();
            fireTimers();
        }
    }

    /** Handles what arrives for some time. */
    public void runFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        runUntil("the end of " + time, time.plusMinutes(1), () -> System.nanoTime() >= end);
    }

    /**
     * Sleeps until something arrives, but looks all the time in the millisecond before a timer, so that it is exact.
     */
    private void select() {
        long untilTimer = timers.isEmpty() ? Long.MAX_VALUE : timers.peek().at() - System.nanoTime();
        try {
            if (untilTimer < 2 * MILLI) {
                selector.selectNow(this::ready);
            } else {
                selector.select(this::ready, Math.min(LONGEST_SLEEP, untilTimer / MILLI - 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key) {
        ((Connection) key.attachment()).ready(key);
    }

    private void fireTimers() {
        long now = System.nanoTime();
        while (!timers.isEmpty() && timers.peek().at() <= now) {
            timers.remove().task().run();
        }
    }

    InetSocketAddress server() {
        return server;
    }

    /** What all connections read into; each takes what it has read at once. */
    byte[] buffer() {
        return read;
    }

    SelectionKey register(SocketChannel channel, int operations, Connection connection) throws IOException {
        return channel.register(selector, operations, connection);
    }

    void sent(int bytes) {
        requests++;
        bytesOut += bytes;
    }

    void received(int bytes) {
        bytesIn += bytes;
    }

    /** What went over all connections so far. */
    public Transfer transfer() {
        return new Transfer(requests, bytesOut, bytesIn);
    }

    /** Requests, and bytes with headers. */
    public record Transfer(long requests, long bytesOut, long bytesIn) {
        public Transfer since(Transfer before) {
            return new Transfer(requests - before.requests, bytesOut - before.bytesOut, bytesIn - before.bytesIn);
        }
    }

    /** Closes all connections. A second call does nothing. */
    @Override
    public void close() {
        if (!selector.isOpen()) {
            return;
        }
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
