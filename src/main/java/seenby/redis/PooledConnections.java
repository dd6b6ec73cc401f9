package seenby.redis;

import java.time.Duration;
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
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    PooledConnections(HostAndPort address, JedisClientConfig config) {
        super(address, config);
    }

    @Override
    public boolean validateObject(PooledObject<Connection> pooled) {
        return pooled.getIdleDuration().compareTo(TRUSTED) < 0 || answers(pooled.getObject());
    }

    /** As Jedis does, which logs a stack trace for each connection that does not. */
    private static boolean answers(Connection connection) {
        int timeout = connection.getSoTimeout();
        try {
            connection.setSoTimeout((int) PATIENCE.toMillis());
            boolean answers = connection.isConnected() && !connection.isBroken() && connection.ping();
            connection.setSoTimeout(timeout);
            return answers;
        } catch (JedisException gone) {
            return false;
        }
    }
}
