package seenby.redis;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;
import seenby.refusal.Unavailable;

/** Has Redis say which keys expire. A restart of Redis may forget it, so it is asked anew with each subscription. */
public final class KeyspaceEvents {
    private static final Logger LOG = LoggerFactory.getLogger(KeyspaceEvents.class);
    private static final String SETTING = "notify-keyspace-events";

    private final Redis redis;
    private final AtomicBoolean told = new AtomicBoolean();

    public KeyspaceEvents(Redis redis) {
        this.redis = redis;
    }

    /** Adds what is needed to what is set, and takes nothing away; where that is refused, the log says so once. */
    public void enable() {
        try {
            Map<String, String> settings = redis.call(jedis -> jedis.configGet(SETTING));
            String before = settings.getOrDefault(SETTING, "");
            String merged = merged(before);
            if (!merged.equals(before)) {
                redis.call(jedis -> jedis.configSet(SETTING, merged));
            }
        } catch (JedisDataException refused) {
            tell(refused);
        } catch (Unavailable refused) {
            if (!(refused.getCause() instanceof JedisDataException)) {
                throw refused;
            }
            tell(refused);
        }
    }

    private void tell(RuntimeException refused) {
        if (!told.getAndSet(true)) {
            LOG.warn(
                    "This Redis lets nobody set {}: add \"Ex\" to it yourself, or due receipts are found by the scan"
                            + " alone, somewhat later ({})",
                    SETTING,
                    refused.getMessage());
        }
    }

    /** "E" has events published by their kind, "x" is the kind of expired keys; "A" stands for most kinds, "x" among them. */
    static String merged(String flags) {
        String kind = flags.contains("x") || flags.contains("A") ? "" : "x";
        return flags + (flags.contains("E") ? "" : "E") + kind;
    }
}
