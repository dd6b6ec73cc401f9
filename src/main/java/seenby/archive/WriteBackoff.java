package seenby.archive;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import seenby.platform.Backoff;
import seenby.platform.Condition;

/** The places where writing to the archive fails now, and how long to wait before the next try. */
final class WriteBackoff {
    /** Stands for the whole archive; no group has this name. */
    static final String EVERYWHERE = "";

    private final Set<String> places = ConcurrentHashMap.newKeySet();
    private final Backoff pauses = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
    private final Condition writable = new Condition(
            "Cannot write the archive; due receipts stay in Redis, retrying",
            "The archive can be written again",
            Duration.ZERO);

    /** Returns how long to wait before the next try, longer each time until one succeeds. */
    synchronized Duration failed(String place, Exception e) {
        writable.fail(e.toString());
        places.add(place);
        return pauses.next();
    }

    synchronized void succeeded(String place) {
        if (places.remove(place)) {
            pauses.reset();
            if (places.isEmpty()) {
                writable.hold();
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
