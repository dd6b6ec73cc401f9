package seenby.subscription;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.platform.DaemonThreads;
import seenby.redis.Keys;
import seenby.redis.Redis;
import seenby.refusal.Unavailable;

/** Publishes the numbers of a {@link Pulse}, and counts its ticks. A publication that hangs does not stop the ticks. */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Redis redis;
    private final String channel;
    private final Pulse pulse;
    private final ScheduledExecutorService ticks =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("heartbeat"));

    /** Publishes one number at a time. What is due meanwhile is dropped. */
    private final ExecutorService publisher = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            DaemonThreads.named("heartbeat-publisher"),
            new ThreadPoolExecutor.DiscardPolicy());

    Heartbeat(Redis redis, String channel, Pulse pulse) {
        this.redis = redis;
        this.channel = channel;
        this.pulse = pulse;
    }

    void start() {
        // with a fixed delay, so that a pause of this process is followed by one tick
        var unused = ticks.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    private void tick() {
        try {
            pulse.tick();
        } catch (RuntimeException e) {
            LOG.error("The tick of the heartbeat failed.", e);
        }
        beat();
    }

    /** Publishes a number soon, unless the one before hangs. */
    void beat() {
        publisher.execute(this::publish);
    }

    private void publish() {
        long number = pulse.next();
        try {
            // PUBLISH succeeds while Redis loads its data
            redis.read(jedis -> jedis.exists(Keys.READY));
            redis.read(jedis -> jedis.publish(channel, Long.toString(number)));
            pulse.answer(number);
        } catch (Unavailable e) {
            LOG.debug("no heartbeat", e);
        } catch (RuntimeException e) {
            LOG.error("The heartbeat failed.", e);
        }
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        publisher.shutdownNow();
    }
}
