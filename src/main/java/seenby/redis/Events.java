package seenby.redis;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.group.ReceiptPolicy;
import seenby.hub.Wake;
import seenby.platform.Counters;
import seenby.platform.DaemonThreads;
import seenby.platform.ShutdownWait;
import seenby.refusal.Unavailable;
import seenby.user.UserId;

/** The subscription of this instance to Redis. It subscribes again when the connection is lost, and reports both. */
public final class Events implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1000;
    private static final long END_WITHIN_MILLIS = 2000;

    /** For wakes, for expired keys and for loops. */
    private static final int CHANNELS = 3;

    /** After this time without a subscription, Redis counts as unavailable. A restart takes less, on a busy machine too. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How many words each wake about a group ends with. */
    private static final int NUMBERS = 7;

    /** In place of users: all members. */
    private static final String ALL = "*";

    private final Redis redis;
    private final Listener listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch firstSubscription = new CountDownLatch(1);
    private final Subscription subscription = new Subscription();
    private final Thread thread = DaemonThreads.create("events", this::keepUp);
    private final Counters<Class<?>> wakes = new Counters<>(Wake.kinds());
    private volatile boolean subscribed;

    // used by the thread of the subscription only
    private boolean evicts;

    /** The subscription calls it on its thread, so it must not block. */
    public interface Listener {
        void wake(Wake wake);

        /** The timer of a group has expired. */
        void expired(GroupId group);

        /** A loop over the groups of users has begun, here or on another server. */
        void loopBegan();

        /** The subscription is lost; wakes may be missed from now on. */
        void lost();

        /** The subscription works; wakes may have been missed before. */
        void regained();

        /** There has been no subscription for seconds. Called repeatedly while that lasts. */
        void away();
    }

    public Events(Redis redis, Listener listener) {
        this.redis = redis;
        this.listener = listener;
    }

    /** Subscribes. Returns true when it is subscribed, false when the time is over. */
    public boolean start(long timeoutMillis) throws InterruptedException {
        thread.start();
        return firstSubscription.await(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    /** Whether it hears of wakes now. */
    public boolean isSubscribed() {
        return subscribed;
    }

    /** How many wakes of each kind it has heard. */
    public Counters<Class<?>> wakes() {
        return wakes;
    }

    private void keepUp() {
        long pause = FIRST_PAUSE_MILLIS;
        long lostAt = System.nanoTime();
        while (!isClosed(0)) {
            try {
                subscribe();
            } catch (Unavailable e) {
                LOG.debug("no subscription", e);
            } catch (RuntimeException e) {
                // Without this thread the server would miss all wakes and not notice.
                LOG.error("The subscription to Redis failed. Subscribing again.", e);
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

    /** Subscribes, unless this Redis evicts keys: it may be another one than before, or have other settings. */
    private void subscribe() {
        redis.dropConnections();
        Optional<String> eviction = new Schema(redis).eviction();
        if (eviction.isEmpty()) {
            evicts = false;
            // SUBSCRIBE succeeds while Redis loads its data, but a poll that looks then fails
            redis.call(jedis -> jedis.exists(Keys.READY));
            redis.subscribe(subscription, redis.wakes(), redis.expiries(), redis.loops());
        } else if (!evicts) {
            evicts = true;
            LOG.error("Not subscribed, so polls are refused. {}", eviction.get());
        }
    }

    private void lost() {
        if (!isClosed(0)) {
            LOG.info("Lost the subscription to Redis. Subscribing again.");
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
                if (channel.equals(redis.wakes())) {
                    Wake wake = parse(message);
                    wakes.add(wake.getClass());
                    listener.wake(wake);
                } else if (channel.equals(redis.loops())) {
                    listener.loopBegan();
                } else {
                    Keys.groupOfTimer(message).ifPresent(listener::expired);
                }
            } catch (RuntimeException e) {
                // An unknown wake must not end the subscription: a newer version may publish other types.
                LOG.warn("Cannot handle a wake. As it may concern any poll, all polls look again.", e);
                listener.regained();
            }
        }
    }

    /**
     * Parses what the scripts publish, see "Emits" in their headers. The last words of a wake about a group are its
     * numbers after the change, see {@code publish.lua}. Words are only ever added in between, because a server of
     * another version reads them too.
     */
    static Wake parse(String message) {
        String[] words = message.split(" ", -1);
        if (words[0].equals("token")) {
            return new Wake.Revoked(words[1]);
        }
        GroupId group = new GroupId(words[1]);
        try {
            return change(words, state(group, words));
        } catch (RuntimeException unknown) {
            LOG.debug("a wake of another version: {}", message, unknown);
            return new Wake.Unknown(group, words[0].equals("member") ? users(words[2]) : Set.of());
        }
    }

    private static Wake change(String[] words, GroupState group) {
        return switch (words[0]) {
            case "message" -> new Wake.Sent(group);
            case "read" ->
                new Wake.Acked(
                        group,
                        new UserId(words[2]),
                        words[3].equals(ALL) ? Set.of() : users(words[3]),
                        words[3].equals(ALL));
            case "nudge" -> new Wake.Nudged(group);
            case "member" -> new Wake.Moved(group, users(words[2]));
            case "archived" -> new Wake.Archived(group);
            case "change" -> new Wake.Changed(group);
            case "gone" -> new Wake.Gone(group);
            default -> throw new IllegalArgumentException("no wake: " + words[0]);
        };
    }

    private static GroupState state(GroupId group, String[] words) {
        int first = words.length - NUMBERS;
        return new GroupState(
                group,
                words[first],
                Long.parseLong(words[first + 1]),
                ReceiptPolicy.parse(words[first + 6]).orElseThrow(),
                Long.parseLong(words[first + 2]),
                Long.parseLong(words[first + 3]),
                Long.parseLong(words[first + 4]),
                Long.parseLong(words[first + 5]));
    }

    private static Set<UserId> users(String ids) {
        return Arrays.stream(ids.split(",", -1)).map(UserId::new).collect(Collectors.toSet());
    }
}
