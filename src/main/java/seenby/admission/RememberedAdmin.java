package seenby.admission;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import seenby.user.Caller;

/**
 * Remembers the last token of an admin that it was asked for, so that the metrics can be read while the store is away,
 * when they are needed most. Any token that is revoked makes it ask again. While no wake arrives it cannot hear of one:
 * a token that is revoked then, on another server, is accepted until wakes arrive again.
 */
public final class RememberedAdmin {
    private final Function<String, Optional<Caller>> callerByHash;
    private final AtomicLong doubts = new AtomicLong();
    private volatile LastAdmin known = new LastAdmin("", Optional.empty(), -1);

    /** @param doubts the number of doubts before the store was asked */
    private record LastAdmin(String hash, Optional<Caller> caller, long doubts) {}

    /** @param callerByHash finds a caller by the hash of its token, in the store */
    public RememberedAdmin(Function<String, Optional<Caller>> callerByHash) {
        this.callerByHash = callerByHash;
    }

    /** The caller whose token has this hash. Waits for the store only if it does not remember an admin with it. */
    public Optional<Caller> byToken(String hash) {
        LastAdmin last = known;
        if (last.hash().equals(hash) && last.doubts() == doubts.get()) {
            return last.caller();
        }
        long before = doubts.get();
        Optional<Caller> found = callerByHash.apply(hash);
        if (found.filter(Caller::admin).isPresent()) {
            known = new LastAdmin(hash, found, before);
        }
        return found;
    }

    /** A token was revoked, or may have been. */
    public void doubt() {
        doubts.incrementAndGet();
    }
}
