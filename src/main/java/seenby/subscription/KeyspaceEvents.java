package seenby.subscription;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;
import seenby.redis.Redis;
import seenby.refusal.Unavailable;

/** Makes Redis publish expired keys. A restart of Redis may reset it, so it is set again with each subscription. */
public final class KeyspaceEvents {
    private static final Logger LOG = LoggerFactory.getLogger(KeyspaceEvents.class);
    private static final String SETTING = "notify-keyspace-events";

    private final Redis redis;
    private final AtomicBoolean told = new AtomicBoolean();

    public KeyspaceEvents(Redis redis) {
        this.redis = redis;
    }

    /** Adds the flags that are missing, and removes none. If Redis refuses, this is logged once. */
    public void enable() {
        try {
            Map<String, String> settings = redis.read(jedis -> jedis.configGet(SETTING));
            String before = settings.getOrDefault(SETTING, "");
            String merged = merged(before);
            if (!merged.equals(before)) {
                redis.read(jedis -> jedis.configSet(SETTING, merged));
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
                    "Cannot set {} in Redis. Add \"Ex\" to it there. Otherwise due receipts are archived somewhat"
                            + " later, as only the scan finds them ({})",
                    SETTING,
                    refused.getMessage());
        }
    }

    /** "E" publishes events by type, "x" is the type for expired keys, "A" includes "x" and most other types. */
    static String merged(String flags) {
        String kind = flags.contains("x") || flags.contains("A") ? "" : "x";
        return flags + (flags.contains("E") ? "" : "E") + kind;
    }
}
