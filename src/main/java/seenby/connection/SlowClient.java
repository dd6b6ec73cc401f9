package seenby.connection;

import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client that the server waits for, because its body is not complete or its answer is not sent. */
final class SlowClient {
    private static final Logger LOG = LoggerFactory.getLogger(SlowClient.class);

    private final SlowClients clients;
    private final EndPoint endPoint;
    private Optional<Scheduler.Task> timer = Optional.empty();
    private long bytes;
    private boolean ended;
    private volatile long movedAt = System.nanoTime();

    SlowClient(SlowClients clients, EndPoint endPoint) {
        this.clients = clients;
        this.endPoint = endPoint;
    }

    /** When it last sent or took a byte, by {@link System#nanoTime}. */
    long movedAt() {
        return movedAt;
    }

    synchronized void endWith(Scheduler.Task task) {
        timer = Optional.of(task);
    }

    /** The client has sent or taken something, and the server now holds this many bytes for it. */
    void moved(long held) {
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
    void end() {
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
        endPoint.close();
    }
}
