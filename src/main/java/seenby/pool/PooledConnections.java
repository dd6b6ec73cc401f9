package seenby.pool;

import java.time.Duration;
import java.time.Instant;
import org.apache.commons.pool2.PooledObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Makes the connections of the pool, and asks one that was idle whether it still works: a Redis with {@code timeout}, a
 * proxy or a firewall ends idle connections, and the next command on one would fail.
 */
final class PooledConnections extends ConnectionFactory {
    /** A busy server never asks. Nothing that is in use ends idle connections so soon. */
    private static final Duration TRUSTED = Duration.ofSeconds(1);

    /** A connection that is dead and does not show it holds a request for so long. */
    private static final Duration PATIENCE = Duration.ofMillis(400);

    private final CircuitBreaker breaker;
    private final Duration answerTimeout;

    /** Connections that have been idle since before this time may be as dead as one that gave no answer. */
    private volatile Instant suspect = Instant.MIN;

    PooledConnections(HostAndPort address, JedisClientConfig config, CircuitBreaker breaker) {
        super(address, config);
        this.breaker = breaker;
        this.answerTimeout = Duration.ofMillis(config.getSocketTimeoutMillis());
    }

    /** A Redis that hangs accepts connections, and answers nothing on them. */
    @Override
    public PooledObject<Connection> makeObject() throws Exception {
        breaker.check();
        return super.makeObject();
    }

    /**
     * One that broke after it was in use for long has timed out. The pool makes another one in its place, and only then
     * its user hears of the failure.
     */
    @Override
    public void destroyObject(PooledObject<Connection> pooled) throws Exception {
        if (pooled.getObject().isBroken() && pooled.getActiveDuration().compareTo(answerTimeout) >= 0) {
            breaker.open();
        }
        super.destroyObject(pooled);
    }

    @Override
    public boolean validateObject(PooledObject<Connection> pooled) {
        return pooled.getIdleDuration().compareTo(TRUSTED) < 0
                || (pooled.getLastReturnInstant().isAfter(suspect) && answers(pooled.getObject()));
    }

    /** As Jedis does, which logs a stack trace for each connection that does not. */
    private boolean answers(Connection connection) {
        int timeout = connection.getSoTimeout();
        Instant asked = Instant.now();
        try {
            connection.setSoTimeout((int) PATIENCE.toMillis());
            boolean answers = connection.isConnected() && !connection.isBroken() && connection.ping();
            connection.setSoTimeout(timeout);
            return answers;
        } catch (JedisException gone) {
            suspect = asked;
            return false;
        }
    }
}
