package seenby.archive;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the archive can't be written: said once in the log, and once more when it is over. */
final class WriteBackoff {
    /** Of the whole archive; no group has this name. */
    static final String EVERYWHERE = "";

    private static final Logger LOG = LoggerFactory.getLogger(WriteBackoff.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Set<String> places = ConcurrentHashMap.newKeySet();
    private Duration pause = FIRST_PAUSE;

    /** Returns how long to wait before it is tried again, longer each time until it is over. */
    synchronized Duration met(String place, Exception e) {
        if (places.isEmpty()) {
            LOG.warn(
                    "The archive can't be written; what is due stays in Redis, and it is tried again: {}",
                    e.toString());
        }
        places.add(place);
        Duration now = pause;
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        return now;
    }

    synchronized void over(String place) {
        if (places.remove(place)) {
            pause = FIRST_PAUSE;
            if (places.isEmpty()) {
                LOG.info("The archive is written again.");
            }
        }
    }

    boolean isOf(String place) {
        return places.contains(place);
    }

    boolean isThere() {
        return !places.isEmpty();
    }
}
