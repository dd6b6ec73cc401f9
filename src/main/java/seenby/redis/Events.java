package seenby.redis;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;
import seenby.group.GroupId;
import seenby.platform.DaemonThreads;
import seenby.platform.ShutdownWait;
import seenby.refusal.Unavailable;
import seenby.update.Wake;
import seenby.user.UserId;

/** The one subscription of this instance. It is kept up: lost, it is made again, and who listens is told of both. */
public final class Events implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1000;
    private static final long END_WITHIN_MILLIS = 2000;

    /** The wakes, and the expired keys. */
    private static final int CHANNELS = 2;

    /** Without a subscription for longer than this, Redis counts as away. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Redis redis;
    private final Listener listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch firstSubscription = new CountDownLatch(1);
    private final Subscription subscription = new Subscription();
    private final Thread thread = DaemonThreads.create("events", this::keepUp);
    private volatile boolean subscribed;

    /** Who is told. Called on the subscription's own thread, so it must not wait. */
    public interface Listener {
        void wake(Wake wake);

        /** A group's timer has expired. */
        void expired(GroupId group);

        /** From here on wakes are missed. */
        void lost();

        /** From here on wakes are heard; some may have been missed before. */
        void regained();

        /** There has been no subscription for seconds; called again as long as that lasts. */
        void away();
    }

    public Events(Redis redis, Listener listener) {
        this.redis = redis;
        this.listener = listener;
    }

    /** Subscribes, and returns when it stands, or when the time is over. */
    public boolean start(long timeoutMillis) throws InterruptedException {
        thread.start();
        return firstSubscription.await(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    private void keepUp() {
        long pause = FIRST_PAUSE_MILLIS;
        long lostAt = System.nanoTime();
        while (!isClosed(0)) {
            try {
                redis.subscribe(subscription, Keys.WAKES, redis.expiries());
            } catch (Unavailable e) {
                LOG.debug("no subscription", e);
            } catch (RuntimeException e) {
                // Without this thread the server would hear nothing any more, and not know.
                LOG.error("The subscription to Redis failed and is made again.", e);
            }
            if (subscribed) {
                subscribed = false;
                pause = FIRST_PAUSE_MILLIS;
                lostAt = System.nanoTime();
                lost();
            } else if (System.nanoTime() - lostAt > PATIENCE_NANOS) {
                listener.away();
            }
            isClosed(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    private void lost() {
        if (!isClosed(0)) {
            LOG.info("Lost the subscription to Redis.");
            listener.lost();
        }
    }

    private boolean isClosed(long waitMillis) {
        try {
            return closed.await(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            if (subscribed) {
                subscription.unsubscribe();
            }
        } catch (JedisException gone) {
            LOG.debug("unsubscribe failed: {}", gone.toString());
        }
        ShutdownWait.until(() -> thread.join(END_WITHIN_MILLIS));
    }

    private final class Subscription extends JedisPubSub {
        @Override
        public void onSubscribe(String channel, int count) {
            if (count < CHANNELS) {
                return;
            }
            subscribed = true;
            LOG.info("Subscribed to Redis.");
            listener.regained();
            firstSubscription.countDown();
        }

        @Override
        public void onMessage(String channel, String message) {
            try {
                if (channel.equals(Keys.WAKES)) {
                    listener.wake(parse(message));
                } else {
                    Keys.groupOfTimer(message).ifPresent(listener::expired);
                }
            } catch (RuntimeException e) {
                // One wake that is none must not end the subscription: a newer version may publish kinds of its own.
                LOG.warn("A wake could not be handled; as one of ours may be lost, all is looked at again.", e);
                listener.regained();
            }
        }
    }

    /** Reads what the scripts publish; each says so under "Emits" in its header. */
    static Wake parse(String message) {
        String[] words = message.split(" ", -1);
        return switch (words[0]) {
            case "message" -> new Wake.Sent(new GroupId(words[1]), Long.parseLong(words[2]));
            case "read" ->
                new Wake.Acked(
                        new GroupId(words[1]),
                        new UserId(words[2]),
                        words[3].equals("*") ? Set.of() : users(words[3]),
                        words[3].equals("*"));
            case "nudge" -> new Wake.Nudged(new GroupId(words[1]));
            case "member" -> new Wake.Moved(new GroupId(words[1]), users(words[2]));
            case "gone" -> new Wake.Gone(new GroupId(words[1]));
            case "token" -> new Wake.Revoked(words[1]);
            default -> throw new IllegalArgumentException("no wake: " + words[0]);
        };
    }

    private static Set<UserId> users(String ids) {
        return Arrays.stream(ids.split(",", -1)).map(UserId::new).collect(Collectors.toSet());
    }
}
