package seenby.platform;

import java.time.Duration;

/** A pause that is twice as long each time, up to a bound. Serves one thread, or threads that share a lock. */
public final class Backoff {
    private final Duration first;
    private final Duration longest;
    private Duration pause;

    public Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.pause = first;
    }

    /** How long the next pause will be. */
    public Duration pause() {
        return pause;
    }

    /** Takes the next pause. The one after it is longer. */
    public Duration next() {
        Duration now = pause;
        Duration twice = now.multipliedBy(2);
        pause = twice.compareTo(longest) < 0 ? twice : longest;
        return now;
    }

    /** Begins anew with the first pause. */
    public void reset() {
        pause = first;
    }
}
