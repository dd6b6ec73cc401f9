package seenby.subscription;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the subscription is alive. This instance publishes a number every second, and waits for it on the
 * subscription. If the newest number arrives, both directions work and meet, and all wakes before it have arrived.
 *
 * <p>Time is counted in ticks of this instance. So a pause of its process is one tick, however long it is.
 */
final class Pulse {
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    /** After so many ticks without anything on the subscription, it may be dead. */
    private static final int MOST_QUIET = 2;

    /**
     * While anything arrives, the subscription is only late, and to look at everything would make it later. But it may
     * be the subscription to another Redis, which hears nothing of what is written here.
     */
    private static final int MOST_LATE = 10;

    /**
     * After so many ticks without an answer, Redis counts as unavailable. A restart takes less, on a busy machine too.
     */
    private static final int PATIENCE = 5;

    private enum State {
        /** There is no subscription, or nothing has been heard on it yet. */
        LOST,
        /** The subscription stands, but brings nothing. */
        SILENT,
        ALIVE
    }

    private final Events.Listener listener;
    private final CountDownLatch everAlive = new CountDownLatch(1);

    private volatile State state = State.LOST;
    private volatile boolean arrived;
    private Runnable disconnect = () -> {};

    private long sent;
    private long heard;
    private long answered;
    private long answeredBefore;

    private int quiet;
    private int late;
    private int unanswered;

    /** @param listener is told of each change, by one thread at a time */
    Pulse(Events.Listener listener) {
        this.listener = listener;
    }

    boolean isAlive() {
        return state == State.ALIVE;
    }

    /** Waits until it has been alive once. Returns false when the time is over. */
    boolean awaitFirst(long timeoutMillis) throws InterruptedException {
        return everAlive.await(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    /**
     * A new connection subscribes.
     *
     * @param end ends it, and must not block
     */
    synchronized void begin(Runnable end) {
        disconnect = end;
        heard = sent;
        quiet = 0;
        late = 0;
    }

    /** The connection has ended. Returns false if it was never alive. */
    synchronized boolean lose() {
        disconnect = () -> {};
        if (state == State.LOST) {
            return false;
        }
        if (state == State.ALIVE) {
            LOG.info("Lost the subscription to Redis. Subscribing again.");
        }
        state = State.LOST;
        listener.lost();
        return true;
    }

    /** The number to publish now. */
    synchronized long next() {
        return ++sent;
    }

    /** Redis has answered that it has published a number. */
    synchronized void answer(long number) {
        answered = number;
    }

    /** Anything has arrived on the subscription. */
    void arrive() {
        arrived = true;
    }

    /** A number has arrived on the subscription. An older one than the last may have other wakes behind it. */
    synchronized void hear(long number) {
        heard = number;
        if (heard == sent && state != State.ALIVE) {
            live();
        }
    }

    private void live() {
        State before = state;
        state = State.ALIVE;
        if (before == State.LOST) {
            LOG.info("Subscribed to Redis.");
            listener.regained();
            everAlive.countDown();
        } else {
            LOG.info("The subscription to Redis brings events again. None was lost.");
            listener.resumed();
        }
    }

    /**
     * A second has passed. The subscription is given up only if Redis answers commands and does not bring what they
     * publish, because a Redis that is only slow loses nothing.
     */
    synchronized void tick() {
        count();
        boolean isDead = quiet >= MOST_QUIET || late >= MOST_LATE;
        if (isDead && state == State.ALIVE) {
            LOG.info("The subscription to Redis is silent. Until it brings events again, polls look at Redis.");
            state = State.SILENT;
            listener.silent();
        }
        if (isDead && answeredBefore > heard) {
            disconnect.run();
        }
        if (state != State.ALIVE && unanswered >= PATIENCE) {
            listener.away();
        }
        answeredBefore = answered;
    }

    private void count() {
        quiet = arrived ? 0 : quiet + 1;
        late = heard == sent ? 0 : late + 1;
        unanswered = answered == answeredBefore ? unanswered + 1 : 0;
        arrived = false;
    }
}
