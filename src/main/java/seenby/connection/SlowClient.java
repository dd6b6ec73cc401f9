package seenby.connection;

import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client for which the server holds bytes: a body that nobody has read, or an answer that is not sent. */
public final class SlowClient {
    private static final Logger LOG = LoggerFactory.getLogger(SlowClient.class);

    private final SlowClients clients;
    private final EndPoint endPoint;
    private final Runnable drop;
    private Optional<Scheduler.Task> timer = Optional.empty();
    private long bytes;
    private boolean ended;
    private volatile long movedAt = System.nanoTime();

    /** @param drop forgets the bytes that are held, unless the end of the connection does */
    SlowClient(SlowClients clients, EndPoint endPoint, Runnable drop) {
        this.clients = clients;
        this.endPoint = endPoint;
        this.drop = drop;
    }

    /** When it last sent or took a byte, by {@link System#nanoTime}. */
    long movedAt() {
        return movedAt;
    }

    /** How many bytes the server holds for it. */
    synchronized long held() {
        return bytes;
    }

    synchronized void endWith(Scheduler.Task task) {
        timer = Optional.of(task);
    }

    /** The client has sent or taken something, and the server now holds this many bytes for it. */
    public void moved(long held) {
        clients.hold(change(held));
    }

    private synchronized long change(long held) {
        if (ended) {
            return 0;
        }
        long more = held - bytes;
        bytes = held;
        movedAt = System.nanoTime();
        return more;
    }

    /** What it does never meets the end of the wait, after which the connection serves another request. */
    synchronized void ifWaiting(Consumer<SlowClient> late) {
        if (!ended) {
            late.accept(this);
        }
    }

    /** The server does not wait any more. */
    public void end() {
        moved(0);
        clients.forget(this);
        synchronized (this) {
            ended = true;
            timer.ifPresent(Scheduler.Task::cancel);
        }
    }

    void disconnect() {
        LOG.debug("Disconnecting a client that is too slow: {}", endPoint);
        end();
        drop.run();
        endPoint.close();
    }
}
