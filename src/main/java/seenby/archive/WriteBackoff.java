package seenby.archive;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.platform.Backoff;

/** The places where writing to the archive fails now. The log says it once when it begins, and once when it is over. */
final class WriteBackoff {
    /** Stands for the whole archive; no group has this name. */
    static final String EVERYWHERE = "";

    private static final Logger LOG = LoggerFactory.getLogger(WriteBackoff.class);

    private final Set<String> places = ConcurrentHashMap.newKeySet();
    private final Backoff pauses = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

    /** Returns how long to wait before the next try, longer each time until one succeeds. */
    synchronized Duration failed(String place, Exception e) {
        if (places.isEmpty()) {
            LOG.warn("Cannot write the archive; due receipts stay in Redis, retrying: {}", e.toString());
        }
        places.add(place);
        return pauses.next();
    }

    synchronized void succeeded(String place) {
        if (places.remove(place)) {
            pauses.reset();
            if (places.isEmpty()) {
                LOG.info("The archive can be written again.");
            }
        }
    }

    boolean includes(String place) {
        return places.contains(place);
    }

    boolean isActive() {
        return !places.isEmpty();
    }
}
