package seenby.subscription;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;
import seenby.group.GroupId;
import seenby.hub.Wake;
import seenby.platform.Backoff;
import seenby.platform.Counters;
import seenby.platform.DaemonThreads;
import seenby.platform.ShutdownWait;
import seenby.redis.Keys;
import seenby.redis.Redis;
import seenby.redis.Schema;
import seenby.refusal.Unavailable;
import seenby.user.Token;

/**
 * The subscription of this instance to Redis. It subscribes again when the connection is lost, or is dead without
 * saying so, and reports both.
 */
public final class Events implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final long END_WITHIN_MILLIS = 2000;

    /** Enough that no two servers on one Redis have the same. */
    private static final int SERVER_NAME_LENGTH = 12;

    private final Redis redis;
    private final Listener listener;
    private final String[] channels;
    private final Pulse pulse;
    private final Heartbeat heartbeat;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = DaemonThreads.create("events", this::keepUp);
    private final Counters<Class<?>> wakes = new Counters<>(Wake.kinds());
    private volatile Optional<Jedis> connection = Optional.empty();
    private volatile String problem = "no answer";

    // used by the thread of the subscription only
    private boolean evicts;

    /** Its methods must not block. Two threads may call different ones at the same time. */
    public interface Listener {
        void wake(Wake wake);

        /** A wake cannot be read. It may concern anything. */
        void unreadable();

        /** The timer of a group has expired. */
        void expired(GroupId group);

        /** A loop over the groups of users has begun, here or on another server. */
        void loopBegan();

        /** The subscription brings nothing. Wakes may be late, or lost. */
        void silent();

        /** The silent subscription brings events again, and none was lost. */
        void resumed();

        /** The subscription is lost; wakes may be missed from now on. */
        void lost();

        /** The subscription works; wakes may have been missed before. */
        void regained();

        /** Redis has not answered for seconds, or cannot be used. Called repeatedly while that lasts. */
        void away();
    }

    public Events(Redis redis, Listener listener) {
        String own = redis.heartbeats(Token.random().text().substring(0, SERVER_NAME_LENGTH));
        this.redis = redis;
        this.listener = listener;
        this.channels = new String[] {redis.wakes(), redis.expiries(), redis.loops(), own};
        this.pulse = new Pulse(listener);
        this.heartbeat = new Heartbeat(redis, own, pulse);
    }

    /** Subscribes. Returns true when wakes arrive, false when the time is over. */
    public boolean start(long timeoutMillis) throws InterruptedException {
        thread.start();
        heartbeat.start();
        return pulse.awaitFirst(timeoutMillis);
    }

    /** Whether wakes arrive. */
    public boolean isAlive() {
        return pulse.isAlive();
    }

    /** Why the last attempt to subscribe failed. */
    public String problem() {
        return problem;
    }

    /** How many wakes of each kind it has heard. */
    public Counters<Class<?>> wakes() {
        return wakes;
    }

    private void keepUp() {
        Backoff pauses = new Backoff(Duration.ofMillis(20), Duration.ofSeconds(1));
        while (!isClosed(0)) {
            try {
                redis.onOwnConnection(this::subscribe);
            } catch (Unavailable e) {
                problem = String.valueOf(e.getMessage());
                LOG.debug("no subscription", e);
            } catch (RuntimeException e) {
                // Without this thread the server would miss all wakes.
                LOG.error("The subscription to Redis failed. Subscribing again.", e);
            }
            connection = Optional.empty();
            if (!isClosed(0) && pulse.lose()) {
                pauses.reset();
            }
            isClosed(pauses.next().toMillis());
        }
    }

    /** Subscribes, unless this Redis evicts keys: it may be another one than before, or have other settings. */
    private void subscribe(Jedis own) {
        Optional<String> eviction = Schema.eviction(own::info);
        if (eviction.isPresent()) {
            refuse(eviction.get());
            return;
        }
        evicts = false;
        // SUBSCRIBE succeeds while Redis loads its data, but a poll that looks then fails
        own.exists(Keys.READY);
        connection = Optional.of(own);
        pulse.begin(() -> disconnect(own));
        own.subscribe(new Subscription(), channels);
    }

    private void refuse(String reason) {
        if (!evicts) {
            evicts = true;
            LOG.error("Not subscribed, so polls are refused. {}", reason);
        }
        listener.away();
    }

    private static void disconnect(Jedis connection) {
        try {
            connection.disconnect();
        } catch (JedisException gone) {
            LOG.debug("the connection is broken already: {}", gone.toString());
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
        heartbeat.close();
        connection.ifPresent(Events::disconnect);
        ShutdownWait.until(() -> thread.join(END_WITHIN_MILLIS));
    }

    private final class Subscription extends JedisPubSub {
        @Override
        public void onSubscribe(String channel, int count) {
            pulse.arrive();
            if (count == channels.length) {
                // after a restart of Redis the next command on an old connection would fail
                redis.dropConnections();
                heartbeat.beat();
            }
        }

        @Override
        public void onMessage(String channel, String message) {
            pulse.arrive();
            try {
                receive(channel, message);
            } catch (RuntimeException e) {
                // An unknown wake must not end the subscription: a newer version may publish other types.
                LOG.warn("Cannot handle a wake. As it may concern any poll, all polls look again.", e);
                listener.unreadable();
            }
        }

        private void receive(String channel, String message) {
            if (channel.equals(redis.wakes())) {
                Wake wake = WakeParser.parse(message);
                wakes.add(wake.getClass());
                listener.wake(wake);
            } else if (channel.equals(redis.loops())) {
                listener.loopBegan();
            } else if (channel.equals(redis.expiries())) {
                Keys.groupOfTimer(message).ifPresent(listener::expired);
            } else {
                pulse.hear(Long.parseLong(message));
            }
        }
    }
}
