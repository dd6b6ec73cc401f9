package seenby.refusal;

import java.time.Duration;
import java.util.Optional;

/** Thrown where a client is refused, and caught in one place only: where it is answered. */
public final class Refused extends RuntimeException {
    private final Refusal refusal;
    private final Optional<String> field;
    private final Optional<String> detail;
    private final Optional<Duration> retryAfter;

    /** Refuses with the words that the refusal has of its own. */
    public Refused(Refusal refusal) {
        this(refusal, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Refuses with words that say what to do. */
    public Refused(Refusal refusal, String detail) {
        this(refusal, Optional.empty(), Optional.of(detail), Optional.empty());
    }

    private Refused(Refusal refusal, Optional<String> field, Optional<String> detail, Optional<Duration> retryAfter) {
        super(detail.orElse(refusal.name()), null, false, false);
        this.refusal = refusal;
        this.field = field;
        this.detail = detail;
        this.retryAfter = retryAfter;
    }

    /** A value that is at fault, by the name that the client gave it. */
    public static Refused invalid(String field, String detail) {
        return new Refused(Refusal.INVALID, Optional.of(field), Optional.of(detail), Optional.empty());
    }

    /** What is not refused any more after a while. */
    public static Refused tooSoon(Refusal refusal, Duration retryAfter) {
        return new Refused(refusal, Optional.empty(), Optional.empty(), Optional.of(retryAfter));
    }

    public Refusal refusal() {
        return refusal;
    }

    public Optional<String> field() {
        return field;
    }

    public Optional<String> detail() {
        return detail;
    }

    /** How long to wait before it is asked again; empty where that would change nothing, or is not known. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
